use super::*;
use chrono::NaiveDate;
use serde_json::json;
use wiremock::matchers::{basic_auth, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn at(hour: u32, minute: u32, second: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2025, 11, 22).unwrap().and_hms_opt(hour, minute, second).unwrap()
}

async fn listing(server: &MockServer, messages: serde_json::Value) {
    Mock::given(method("GET"))
        .and(path(MESSAGES))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"messages": messages, "next_page_uri": null})))
        .mount(server)
        .await;
}

fn sent_copy(sid: &str, body: &str, time: &str) -> serde_json::Value {
    json!({
        "sid": sid, "status": "sent", "direction": "outbound-api", "from": "+15550100",
        "to": "+15550101", "body": body, "num_media": "0", "date_created": time, "date_sent": null,
    })
}

#[tokio::test]
async fn a_lost_text_is_found_by_people_words_and_time() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(MESSAGES))
        .and(basic_auth("AC1", "secret"))
        .and(query_param("To", "+15550101"))
        .and(query_param("From", "+15550100"))
        .and(query_param("DateSent>", "2025-11-22T09:59:55Z"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "messages": [
                sent_copy("later", "Hello & good day", "Sat, 22 Nov 2025 10:00:30 +0000"),
                sent_copy("ours", "Hello & good day\r\n", "Sat, 22 Nov 2025 10:00:01 +0000"),
                sent_copy("other words", "Hello", "Sat, 22 Nov 2025 10:00:00 +0000"),
                sent_copy("before", "Hello & good day", "Sat, 22 Nov 2025 09:59:00 +0000"),
            ],
            "next_page_uri": null,
        })))
        .mount(&server)
        .await;
    let found = gateway_at(&server.uri()).find_sent(&hello(), at(10, 0, 0)).await.unwrap().unwrap();
    assert_eq!(found.provider_message_id, "ours");
    assert_eq!(found.status, DeliveryStatus::Sent);
}

#[tokio::test]
async fn a_text_that_never_arrived_is_not_found_in_somebody_elses() {
    let server = MockServer::start().await;
    let now = "Sat, 22 Nov 2025 10:00:00 +0000";
    let mut inbound = sent_copy("inbound", "Hello & good day", now);
    inbound["direction"] = json!("inbound");
    let mut to_another = sent_copy("to another", "Hello & good day", now);
    to_another["to"] = json!("+15550199");
    let timeless = sent_copy("timeless", "Hello & good day", "now");
    listing(&server, json!([inbound, to_another, timeless])).await;
    let found = gateway_at(&server.uri()).find_sent(&hello(), at(10, 0, 0)).await;
    assert_eq!(found, Ok(None));
}

#[tokio::test]
async fn a_trial_accounts_own_words_do_not_hide_a_text() {
    let server = MockServer::start().await;
    let body = "Sent from your Twilio trial account - Hello & good day";
    listing(&server, json!([sent_copy("ours", body, "2025-11-22T10:00:00Z")])).await;
    let found = gateway_at(&server.uri()).find_sent(&hello(), at(10, 0, 0)).await;
    assert!(found.unwrap().is_some());
}

fn came_in(sid: &str, time: &str, num_media: serde_json::Value) -> serde_json::Value {
    json!({
        "sid": sid, "status": "received", "direction": "inbound", "from": "+15550101",
        "to": "+15550100", "body": sid, "num_media": num_media, "date_created": time, "date_sent": time,
    })
}

#[tokio::test]
async fn catching_up_reads_every_page_and_tells_the_oldest_first() {
    let server = MockServer::start().await;
    let pages = [
        (
            json!([
                came_in("third", "Sat, 22 Nov 2025 10:03:00 +0000", json!("0")),
                sent_copy("ours", "x", "Sat, 22 Nov 2025 10:03:00 +0000"),
            ]),
            json!(format!("{MESSAGES}?To=%2B15550100&Page=1&PageToken=PA1")),
        ),
        (
            json!([
                came_in("second", "Sat, 22 Nov 2025 10:01:00 +0000", json!(0)),
                came_in("first", "Sat, 22 Nov 2025 10:01:00 +0000", json!(null)),
                came_in("long ago", "Sat, 22 Nov 2025 09:00:00 +0000", json!("0")),
            ]),
            json!(null),
        ),
    ];
    let [first, second] = pages.map(|(messages, next)| {
        ResponseTemplate::new(200).set_body_json(json!({"messages": messages, "next_page_uri": next}))
    });
    Mock::given(path(MESSAGES))
        .and(query_param_is_missing("Page"))
        .and(query_param("DateSent>", "2025-11-22T09:59:55Z"))
        .respond_with(first)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path(MESSAGES))
        .and(query_param("PageToken", "PA1"))
        .and(basic_auth("AC1", "secret"))
        .respond_with(second)
        .expect(1)
        .mount(&server)
        .await;
    let texts = gateway_at(&server.uri()).received_since("+15550100", at(10, 0, 0)).await.unwrap();
    let ids: Vec<_> = texts.iter().map(|text| text.provider_message_id.as_str()).collect();
    assert_eq!(ids, ["first", "second", "third"]);
}

#[tokio::test]
async fn pictures_that_came_in_are_caught_up_with_their_addresses() {
    let server = MockServer::start().await;
    let time = "Sat, 22 Nov 2025 10:01:00 +0000";
    listing(&server, json!([came_in("MM1", time, json!("1"))])).await;
    Mock::given(path("/2010-04-01/Accounts/AC1/Messages/MM1/Media.json"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"media_list": [
            {"content_type": "image/jpeg", "uri": "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1.json"},
            {"content_type": "image/jpeg", "uri": "https://elsewhere.example/ME2.json"},
        ]})))
        .mount(&server)
        .await;
    let texts = gateway_at(&server.uri()).received_since("+15550100", at(10, 0, 0)).await.unwrap();
    let media = &texts[0].media;
    assert_eq!(media.len(), 1);
    assert_eq!(media[0].content_type, "image/jpeg");
    assert_eq!(media[0].url, format!("{}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", server.uri()));
}

#[tokio::test]
async fn a_list_that_leads_to_another_server_is_not_followed() {
    let (server, elsewhere) = (MockServer::start().await, MockServer::start().await);
    Mock::given(path(MESSAGES))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"messages": [], "next_page_uri": format!("{}/page2", elsewhere.uri())})),
        )
        .mount(&server)
        .await;
    let answer = gateway_at(&server.uri()).received_since("+15550100", at(10, 0, 0)).await;
    assert!(matches!(answer, Err(SendError::Retry { .. })));
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_question_without_answer_may_be_asked_again() {
    for answer in [
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_string("<html>"),
        ResponseTemplate::new(200).set_delay(Duration::from_secs(2)),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("GET")).respond_with(answer).mount(&server).await;
        let found = gateway_at(&server.uri()).find_sent(&hello(), at(10, 0, 0)).await;
        assert!(matches!(found, Err(SendError::Retry { .. })));
    }
}
