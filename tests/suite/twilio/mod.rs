//! Twilio, as its own SDK signs and its API answers: texts come in by hook, go out by API, reports follow by hook.

mod catching_up;
mod reports;
mod sending;
mod texts;

use crewline::domain::ConversationId;
use reqwest::Method;
use wiremock::MockServer;

use crate::support::app::{Answered, Backend, TestApp};
use crate::support::judges;

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const TOKEN: &str = "a token of the account";
const NUMBER: &str = "+17205550100";
const CLIENT: &str = "+13035550101";

async fn app_at(backend: Backend, base_url: &str) -> TestApp {
    let plan = TestApp::planned(backend)
        .with("CREWLINE_TWILIO_ACCOUNT_SID", ACCOUNT)
        .with("CREWLINE_TWILIO_AUTH_TOKEN", TOKEN)
        .with("CREWLINE_TWILIO_NUMBER", NUMBER);
    plan.with("CREWLINE_TWILIO_BASE_URL", base_url).start().await
}

/// Twilio's API, which is asked nothing here.
async fn app(backend: Backend) -> TestApp {
    app_at(backend, "http://127.0.0.1:9").await
}

/// What Twilio posts for a plain text.
fn text<'a>(sid: &'a str, from: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("ToCountry", "US"),
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("AccountSid", ACCOUNT),
        ("From", from),
        ("To", NUMBER),
        ("Body", body),
        ("NumMedia", "0"),
        ("ApiVersion", "2010-04-01"),
    ]
}

/// Posts a hook as Twilio does, signed by its SDK.
async fn hook(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Answered {
    let signature = judges::twilio_signature(TOKEN, &format!("{}{path}", app.url()), fields);
    hook_signed(app, path, fields, Some(&signature)).await
}

async fn hook_signed(app: &TestApp, path: &str, fields: &[(&str, &str)], signature: Option<&str>) -> Answered {
    let gateway = app.visitor();
    let request = gateway.without_origin(Method::POST, path).form(fields);
    let request = match signature {
        Some(signature) => request.header("X-Twilio-Signature", signature),
        None => request,
    };
    gateway.send(request).await
}

async fn text_arrives(app: &TestApp, fields: &[(&str, &str)]) {
    let answered = hook(app, "/hooks/twilio/sms", fields).await;
    assert_eq!((answered.status, answered.body.as_str()), (200, "<Response/>"), "{fields:?}");
    assert!(answered.header("content-type").starts_with("text/xml"));
}

/// The Owner answers in a conversation with the client; nothing has left yet.
async fn answer_waits(app: &TestApp, body: &str) -> ConversationId {
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let sent = owner.post_form(&format!("/conversations/{id}/messages"), &[("body", body)]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    id
}

/// How many texts the API was given to send.
async fn posts(api: &MockServer) -> usize {
    let requests = api.received_requests().await.expect("recording is on");
    requests.iter().filter(|request| request.method == wiremock::http::Method::POST).count()
}
