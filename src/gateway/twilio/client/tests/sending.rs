use super::*;
use serde_json::json;
use wiremock::matchers::{basic_auth, body_string, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn answer_to_send(answer: ResponseTemplate) -> Result<Accepted, SendError> {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).expect(1).mount(&server).await;
    gateway_at(&server.uri()).send(&hello()).await
}

async fn error_to_send(status: u16, code: u32) -> SendError {
    let problem = json!({"code": code, "message": "for +15550101", "status": status});
    answer_to_send(ResponseTemplate::new(status).set_body_json(problem)).await.unwrap_err()
}

#[tokio::test]
async fn a_text_goes_out_as_a_form_with_our_credentials_and_the_place_for_reports() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(MESSAGES))
        .and(basic_auth("AC1", "secret"))
        .and(body_string(
            "To=%2B15550101&From=%2B15550100&Body=Hello+%26+good+day\
             &StatusCallback=https%3A%2F%2Finbox.example%2Fhooks%2Ftwilio%2Fstatus",
        ))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({
            "sid": "SM1", "status": "queued", "error_code": null, "num_segments": "1", "from": null,
        })))
        .expect(1)
        .mount(&server)
        .await;
    let text = OutboundText { status_callback: Some("https://inbox.example/hooks/twilio/status".into()), ..hello() };
    let accepted = gateway_at(&server.uri()).send(&text).await.unwrap();
    assert_eq!(accepted.provider_message_id, "SM1");
    assert_eq!(accepted.status, DeliveryStatus::Queued);
}

#[tokio::test]
async fn a_text_that_was_taken_counts_as_accepted_in_whatever_new_words() {
    let answer = json!({"sid": "SM1", "status": "pondering", "error_code": "none"});
    let accepted = answer_to_send(ResponseTemplate::new(201).set_body_json(answer)).await.unwrap();
    assert_eq!(accepted.status, DeliveryStatus::Accepted);
}

#[tokio::test]
async fn a_final_refusal_says_what_to_do_next_and_quotes_no_phone() {
    for code in [21211, 21614, 21408, 21606, 21659, 21612, 21617, 21608, 99999] {
        let SendError::Refused { code: told, words } = error_to_send(400, code).await else {
            panic!("{code} is final");
        };
        assert_eq!(told, Some(code.to_string()));
        assert!(!words.contains("+1555"), "{words}");
    }
}

#[tokio::test]
async fn a_text_born_failed_is_a_refusal() {
    let answer = json!({"sid": "SM1", "status": "failed", "error_code": 30006});
    let error = answer_to_send(ResponseTemplate::new(201).set_body_json(answer)).await.unwrap_err();
    assert!(matches!(error, SendError::Refused { words, .. } if words.contains("landline")));
}

#[tokio::test]
async fn an_opt_out_we_missed_is_told_apart() {
    let error = error_to_send(400, 21610).await;
    assert_eq!(error, SendError::OptedOut { code: Some("21610".into()) });
}

#[tokio::test]
async fn wrong_settings_stop_the_gateway_and_not_the_text() {
    for (status, code) in [(401, 20003), (401, 1), (403, 20003), (404, 20404)] {
        let error = error_to_send(status, code).await;
        assert!(matches!(error, SendError::Credentials { .. }), "{status} {code}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    let elsewhere = format!("{}/elsewhere", server.uri());
    let answer = ResponseTemplate::new(307).insert_header("Location", elsewhere);
    let error = answer_to_send(answer).await.unwrap_err();
    assert!(matches!(error, SendError::Credentials { .. }));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn too_many_texts_are_tried_again_when_the_gateway_says() {
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "7");
    let error = answer_to_send(busy).await.unwrap_err();
    let in_seven_seconds = Some(chrono::Duration::seconds(7));
    assert!(matches!(error, SendError::Retry { after, .. } if after == in_seven_seconds));
    let error = error_to_send(400, 20429).await;
    assert!(matches!(error, SendError::Retry { after: None, .. }));
}

#[tokio::test]
async fn a_gateway_that_cannot_be_reached_never_had_the_text() {
    // A port that was free a moment ago, with nobody listening.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = gateway_at(&nobody).send(&hello()).await.unwrap_err();
    assert!(matches!(error, SendError::Retry { .. }));
}

#[tokio::test]
async fn no_answer_in_time_leaves_the_fate_unknown() {
    let late = ResponseTemplate::new(201).set_delay(Duration::from_secs(2));
    let error = answer_to_send(late).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown { .. }));
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_the_fate_unknown() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { drop(listener.accept().await) });
    let error = gateway_at(&format!("http://{address}")).send(&hello()).await.unwrap_err();
    server.await.unwrap();
    assert!(matches!(error, SendError::Unknown { .. }));
}

#[tokio::test]
async fn an_answer_that_proves_nothing_leaves_the_fate_unknown() {
    for answer in [
        ResponseTemplate::new(500),
        ResponseTemplate::new(502).set_body_string("<html>"),
        ResponseTemplate::new(503).insert_header("Retry-After", "1"),
        ResponseTemplate::new(408),
        ResponseTemplate::new(201).set_body_string("<html>"),
        ResponseTemplate::new(201).set_body_json(json!({"sid": ""})),
        ResponseTemplate::new(200),
    ] {
        let error = answer_to_send(answer).await.unwrap_err();
        assert!(matches!(error, SendError::Unknown { .. }));
    }
}
