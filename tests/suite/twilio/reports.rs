use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{ACCOUNT, answer_waits, app, app_at, hook, hook_signed};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    reports_move_a_text_forward_only_and_are_all_kept,
    a_report_that_comes_before_the_text_is_known_waits_for_it,
    a_report_that_is_not_signed_for_us_changes_nothing,
);

const STATUS: &str = "/hooks/twilio/status";

async fn report(app: &TestApp, sid: &str, status: &str, code: &str) {
    let fields = [
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("ErrorCode", code),
        ("AccountSid", ACCOUNT),
    ];
    let answered = hook(app, STATUS, if code.is_empty() { &fields[..4] } else { &fields }).await;
    assert_eq!(answered.status, if code.is_empty() { 403 } else { 204 }, "{status}: {}", answered.body);
}

async fn api_that_takes(sid: &str) -> MockServer {
    let api = MockServer::start().await;
    let taken = ResponseTemplate::new(201).set_body_json(json!({ "sid": sid, "status": "queued" }));
    Mock::given(method("POST")).respond_with(taken).mount(&api).await;
    api
}

async fn state(app: &TestApp, id: i64) -> String {
    let owner = app.sign_in(app.owner()).await;
    owner.get(&format!("/conversations/{id}")).await.attributes("article[data-direction=out]", "data-status")[0].clone()
}

async fn reports_move_a_text_forward_only_and_are_all_kept(backend: Backend) {
    let api = api_that_takes("SM1").await;
    let app = app_at(backend, &api.uri()).await;
    let id = answer_waits(&app, "Yes").await;
    app.drain().await;
    assert_eq!(state(&app, id).await, "queued");
    for (status, is_then) in [
        ("sent", "sent"),
        ("sending", "sent"),
        ("delivered", "delivered"),
        ("queued", "delivered"),
        ("failed", "delivered"),
        ("delivered", "delivered"),
        ("read", "read"),
        ("news from the future", "read"),
    ] {
        report(&app, "SM1", status, "0").await;
        assert_eq!(state(&app, id).await, is_then, "after {status}");
    }
    assert_eq!(app.count("delivery_events"), 7, "every one that is understood is kept");

    let id = answer_waits(&app, "And another").await;
    assert_eq!(app.count("messages where status = 'waiting'"), 1);
    report(&app, "SM1", "delivered", "0").await;
    assert_eq!(app.count("messages where status = 'waiting'"), 1, "of another text");
    assert!(id > 0);
}

async fn a_report_that_comes_before_the_text_is_known_waits_for_it(backend: Backend) {
    let api = api_that_takes("SM1").await;
    let app = app_at(backend, &api.uri()).await;
    let id = answer_waits(&app, "Yes").await;
    report(&app, "SM1", "undelivered", "30006").await;
    assert_eq!(state(&app, id).await, "waiting");
    app.drain().await;
    assert_eq!(state(&app, id).await, "undelivered");
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&format!("/conversations/{id}")).await.text();
    assert!(thread.contains("landline") && thread.contains("Call"), "what to do next: {thread}");
    assert_eq!(app.count("conversations where attention"), 1);
    report(&app, "SM1", "delivered", "0").await;
    assert_eq!(state(&app, id).await, "delivered", "a late good word wins");
}

async fn a_report_that_is_not_signed_for_us_changes_nothing(backend: Backend) {
    let app = app(backend).await;
    let fields = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("AccountSid", ACCOUNT)];
    assert_eq!(hook_signed(&app, STATUS, &fields, None).await.status, 403);
    assert_eq!(hook_signed(&app, STATUS, &fields, Some("bm9uc2Vuc2U=")).await.status, 403);
    report(&app, "SM1", "delivered", "").await;
    assert_eq!(app.count("delivery_events"), 0);
    report(&app, "SM1", "delivered", "0").await;
    assert_eq!(app.count("delivery_events"), 1, "the check itself works");
}
