use chrono::{Duration, NaiveDateTime};
use crewline::domain::GatewayKind;
use crewline::services;
use crewline::store::gateways;
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{CLIENT, NUMBER, app_at, text, text_arrives};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_text_missed_while_we_were_away_is_fetched_though_a_newer_one_came_by_hook,
    a_question_that_failed_is_asked_again_from_where_it_stood,
    a_phone_is_one_number_at_the_gateway_that_serves_it_now,
);

async fn a_text_missed_while_we_were_away_is_fetched_though_a_newer_one_came_by_hook(backend: Backend) {
    let api = MockServer::start().await;
    let app = app_at(backend, &api.uri()).await;
    let missed = listed("SM1", "Anybody there?", app.now() + Duration::minutes(10));
    app.advance(Duration::hours(1));
    text_arrives(&app, &text("SM2", CLIENT, "Hello again")).await;
    let known = listed("SM2", "Hello again", app.now());
    Mock::given(method("GET")).respond_with(page(&[known, missed])).mount(&api).await;
    assert_eq!(app.count("messages where direction = 'in'"), 1, "one came by hook, one was missed");
    assert_eq!(caught_up(&app).await, 1);
    assert_eq!(app.count("messages where provider_message_id = 'SM1'"), 1);
    assert_eq!((caught_up(&app).await, app.count("messages where direction = 'in'")), (0, 2), "once only");
    assert!(app.count("notifications") >= 2, "who was to be told of it is told");
}

async fn a_question_that_failed_is_asked_again_from_where_it_stood(backend: Backend) {
    let api = MockServer::start().await;
    let app = app_at(backend, &api.uri()).await;
    let missed = listed("SM1", "Anybody there?", app.now() + Duration::minutes(10));
    app.advance(Duration::hours(1));
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&api).await;
    assert_eq!(caught_up(&app).await, 0, "Twilio did not answer");
    app.advance(Duration::hours(1));
    Mock::given(method("GET")).respond_with(page(&[missed])).mount(&api).await;
    assert_eq!((caught_up(&app).await, app.count("messages where provider_message_id = 'SM1'")), (1, 1));
}

async fn a_phone_is_one_number_at_the_gateway_that_serves_it_now(backend: Backend) {
    let app = TestApp::start(backend).await;
    let before = app.read(gateways::numbers);
    assert_eq!(before.iter().map(|number| number.gateway).collect::<Vec<_>>(), [GatewayKind::Simulator]);
    let (phone, now) = (app.number(), app.now());
    let conversation = app.text_in(CLIENT, "Hi").await;
    app.write(|tx| services::register_gateway(tx, GatewayKind::Twilio, &phone, "Main line", now));
    let after = app.read(gateways::numbers);
    assert_eq!(
        after.iter().map(|number| (number.id, number.gateway)).collect::<Vec<_>>(),
        [(before[0].id, GatewayKind::Twilio)]
    );
    let text = crewline::gateway::InboundText {
        provider_message_id: "SM1".to_owned(),
        from: CLIENT.to_owned(),
        to: phone,
        body: "Still me".to_owned(),
        media: Vec::new(),
    };
    app.write(|tx| services::receive_text(tx, GatewayKind::Twilio, &text, now));
    assert_eq!(app.count(&format!("messages where conversation_id = {conversation}")), 2, "the thread goes on");
}

async fn caught_up(app: &TestApp) -> usize {
    app.worker.catch_up().await.expect("what came is stored")
}

/// A text as Twilio lists it.
fn listed(sid: &str, body: &str, at: NaiveDateTime) -> Value {
    json!({
        "sid": sid, "status": "received", "direction": "inbound", "from": CLIENT, "to": NUMBER, "body": body,
        "num_media": "0", "date_created": at.and_utc().to_rfc2822(), "date_sent": at.and_utc().to_rfc2822(),
    })
}

fn page(texts: &[Value]) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "messages": texts, "next_page_uri": null }))
}
