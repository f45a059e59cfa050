use std::net::TcpListener;
use std::time::Duration as Pause;

use chrono::Duration;
use serde_json::{Value, json};
use wiremock::matchers::{body_string_contains, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{CLIENT, NUMBER, answer_waits, app_at, posts};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_text_leaves_once_with_the_place_for_its_reports,
    a_text_whose_fate_is_unknown_is_asked_for_and_never_sent_again,
    a_text_that_was_never_found_needs_a_person,
    an_opt_out_that_only_the_gateway_knew_is_kept,
    a_gateway_that_cannot_be_reached_is_tried_again,
    a_refusal_says_what_to_do_next,
);

fn taken(sid: &str) -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({ "sid": sid, "status": "queued" }))
}

fn refused(status: u16, code: u32) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "code": code, "message": "no", "status": status }))
}

async fn api(answer: ResponseTemplate) -> MockServer {
    let api = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&api).await;
    api
}

/// What the API lists from now on.
async fn lists(api: &MockServer, texts: Value) {
    let page = json!({ "messages": texts, "next_page_uri": null });
    let answer = ResponseTemplate::new(200).set_body_json(page);
    Mock::given(method("GET")).respond_with(answer).mount(api).await;
}

fn state(app: &TestApp) -> Vec<String> {
    use crewline::domain::DeliveryStatus;
    let has =
        |status: &&DeliveryStatus| app.count(&format!("messages where direction = 'out' and status = '{status}'")) > 0;
    DeliveryStatus::ALL.iter().filter(has).map(ToString::to_string).collect()
}

async fn a_text_leaves_once_with_the_place_for_its_reports(backend: Backend) {
    let api = MockServer::start().await;
    Mock::given(method("POST"))
        .and(body_string_contains("Body=Yes+%26+soon"))
        .respond_with(taken("SM1"))
        .mount(&api)
        .await;
    let app = app_at(backend, &api.uri()).await;
    answer_waits(&app, "Yes & soon").await;
    assert_eq!((posts(&api).await, state(&app)), (0, vec!["waiting".to_owned()]), "the answer does not wait for it");
    assert_eq!(app.drain().await, 1);
    assert_eq!((app.drain().await, posts(&api).await, state(&app)), (0, 1, vec!["queued".to_owned()]));
    let requests = api.received_requests().await.expect("recording is on");
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&requests[0].body).expect("a form");
    let callback = format!("{}/hooks/twilio/status", app.url());
    for (name, value) in [("To", CLIENT), ("From", NUMBER), ("StatusCallback", callback.as_str())] {
        assert!(form.contains(&(name.to_owned(), value.to_owned())), "{name} in {form:?}");
    }
    assert_eq!(app.count("jobs"), 0);
}

async fn a_text_whose_fate_is_unknown_is_asked_for_and_never_sent_again(backend: Backend) {
    let api = api(ResponseTemplate::new(500)).await;
    let app = app_at(backend, &api.uri()).await;
    answer_waits(&app, "Yes").await;
    app.drain().await;
    assert_eq!((posts(&api).await, state(&app)), (1, vec!["unknown".to_owned()]));
    assert_eq!(app.drain().await, 0, "not at once");
    reconciled(&app, &api).await;
}

/// The gateway does not know of the text at first, then it does.
async fn reconciled(app: &TestApp, api: &MockServer) {
    let empty = ResponseTemplate::new(200).set_body_json(json!({ "messages": [], "next_page_uri": null }));
    Mock::given(method("GET")).respond_with(empty).up_to_n_times(1).mount(api).await;
    lists(
        api,
        json!([{
            "sid": "SM7", "status": "delivered", "direction": "outbound-api", "from": NUMBER, "to": CLIENT,
            "body": "Yes", "num_media": "0", "date_created": app.now().and_utc().to_rfc2822(), "date_sent": null,
        }]),
    )
    .await;
    app.advance(Duration::minutes(5));
    assert_eq!((app.drain().await, state(app)), (1, vec!["unknown".to_owned()]));
    app.advance(Duration::minutes(5));
    assert_eq!((app.drain().await, state(app)), (1, vec!["delivered".to_owned()]));
    assert_eq!(app.count("messages where provider_message_id = 'SM7'"), 1);
    assert_eq!((posts(api).await, app.count("jobs")), (1, 0), "sent once");
}

#[tokio::test]
async fn a_text_that_timed_out_is_asked_for_and_never_sent_again() {
    let api = api(taken("SM1").set_delay(Pause::from_secs(30))).await;
    let app = app_at(Backend::Sqlite, &api.uri()).await;
    answer_waits(&app, "Yes").await;
    app.drain().await;
    assert_eq!((posts(&api).await, state(&app)), (1, vec!["unknown".to_owned()]));
    reconciled(&app, &api).await;
}

async fn a_text_that_was_never_found_needs_a_person(backend: Backend) {
    let api = api(ResponseTemplate::new(503)).await;
    lists(&api, json!([])).await;
    let app = app_at(backend, &api.uri()).await;
    answer_waits(&app, "Yes").await;
    for _ in 0..20 {
        app.drain().await;
        app.advance(Duration::minutes(8));
    }
    assert_eq!((posts(&api).await, state(&app)), (1, vec!["unknown".to_owned()]), "never sent again");
    assert_eq!(app.count("conversations where attention"), 1);
    let requests = api.received_requests().await.expect("recording is on").len();
    assert!((2..=10).contains(&requests), "asked now and then, not forever: {requests}");
}

async fn an_opt_out_that_only_the_gateway_knew_is_kept(backend: Backend) {
    let api = api(refused(400, 21610)).await;
    let app = app_at(backend, &api.uri()).await;
    let id = answer_waits(&app, "Yes").await;
    answer_waits(&app, "And also").await;
    app.drain().await;
    assert_eq!(state(&app), ["blocked"], "also the one that waited behind it");
    assert_eq!((posts(&api).await, app.count("opt_outs")), (1, 1));
    let owner = app.sign_in(app.owner()).await;
    let again = owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "But")]).await;
    assert_eq!(again.status, 403);
}

async fn a_gateway_that_cannot_be_reached_is_tried_again(backend: Backend) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    drop(listener);
    let app = app_at(backend, &format!("http://{address}")).await;
    answer_waits(&app, "Yes").await;
    for _ in 0..2 {
        assert_eq!((app.drain().await, state(&app)), (1, vec!["waiting".to_owned()]), "certainly not sent");
        app.advance(Duration::minutes(5));
    }
    let listener = TcpListener::bind(address).expect("the port is still free");
    let api = MockServer::builder().listener(listener).start().await;
    Mock::given(method("POST")).respond_with(taken("SM1")).mount(&api).await;
    assert_eq!((app.drain().await, state(&app)), (1, vec!["queued".to_owned()]));
    assert_eq!((posts(&api).await, app.count("jobs")), (1, 0));
}

async fn a_refusal_says_what_to_do_next(backend: Backend) {
    let api = api(refused(400, 21614)).await;
    let app = app_at(backend, &api.uri()).await;
    let id = answer_waits(&app, "Yes").await;
    app.drain().await;
    assert_eq!((posts(&api).await, state(&app)), (1, vec!["failed".to_owned()]));
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&format!("/conversations/{id}")).await;
    assert!(thread.texts("article[data-direction=out]")[0].contains("cannot receive texts"), "{}", thread.text());
    assert_eq!(app.count("conversations where attention"), 1);
    app.advance(Duration::hours(1));
    assert_eq!((app.drain().await, posts(&api).await), (0, 1), "not tried again");
}
