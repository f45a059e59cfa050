use actix_web::http::StatusCode;
use actix_web::test::{self, TestRequest};
use actix_web::{App, web};
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Sent {
    user_id: i64,
    #[serde(default)]
    body: String,
}

async fn form(Form(sent): Form<Sent>) -> String {
    format!("{} {}", sent.user_id, sent.body.chars().count())
}

async fn short(Form(sent): Form<Sent, 20>) -> String {
    sent.body
}

async fn json(Json(sent): Json<Sent>) -> String {
    sent.user_id.to_string()
}

async fn raw(RawBody(body): RawBody) -> String {
    body.len().to_string()
}

#[actix_web::test]
async fn a_form_with_an_unknown_field_is_taken() {
    let answer = post("/form", "user_id=7&body=a+%26+b&admin=yes").await;
    assert_eq!(answer, (StatusCode::OK, "7 5".to_owned()));
}

#[actix_web::test]
async fn the_longest_text_of_emoji_fits() {
    let body = format!("user_id=7&body={}", "%F0%9F%98%80".repeat(1600));
    assert_eq!(post("/form", &body).await, (StatusCode::OK, "7 1600".to_owned()));
}

#[actix_web::test]
async fn a_form_that_is_not_filled_in_is_refused_without_quoting_it() {
    for body in ["", "user_id=abcdef", "body=hi", "user_id=7&user_id=8"] {
        let (status, sentence) = post("/form", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(!sentence.contains("abcdef"));
    }
}

#[actix_web::test]
async fn what_is_no_form_is_refused() {
    let request = TestRequest::post().uri("/form").set_payload("user_id=7");
    assert_eq!(send(request).await.0, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn each_address_has_its_limit() {
    assert_eq!(post("/short", "user_id=7&body=12345").await.0, StatusCode::OK);
    assert_eq!(post("/short", "user_id=7&body=123456").await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let fits = "x".repeat(HOOK_LIMIT);
    assert_eq!(post("/raw", &fits).await, (StatusCode::OK, HOOK_LIMIT.to_string()));
    assert_eq!(post("/raw", &(fits + "x")).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[actix_web::test]
async fn json_that_is_not_as_expected_is_unprocessable() {
    assert_eq!(post("/json", "{\"user_id\":7}").await, (StatusCode::OK, "7".to_owned()));
    for body in ["", "{", "{\"user_id\":\"x\"}", "[]"] {
        assert_eq!(post("/json", body).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
}

#[actix_web::test]
async fn a_body_that_stalls_is_given_up() {
    let never = futures_util::stream::pending::<Result<Bytes, actix_web::error::PayloadError>>();
    let mut payload = Payload::from(never.boxed_local());
    let request = TestRequest::post().to_http_request();
    let got = read(&request, &mut payload, 10, Duration::from_millis(20)).await;
    assert!(matches!(got, Err(Error::TimedOut)));
}

#[actix_web::test]
async fn a_body_longer_than_it_declared_is_still_limited() {
    let chunks = (0..3).map(|_| Ok(Bytes::from_static(b"12345")));
    let mut payload = Payload::from(futures_util::stream::iter(chunks).boxed_local());
    let request = TestRequest::post().insert_header((header::CONTENT_LENGTH, "5")).to_http_request();
    let got = read(&request, &mut payload, 10, PATIENCE).await;
    assert!(matches!(got, Err(Error::TooLarge)));
}

async fn post(path: &str, body: &str) -> (StatusCode, String) {
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    let request = TestRequest::post().uri(path).set_payload(body.to_owned());
    send(request.insert_header((header::CONTENT_TYPE, form))).await
}

async fn send(request: TestRequest) -> (StatusCode, String) {
    let app = App::new()
        .route("/form", web::post().to(form))
        .route("/short", web::post().to(short))
        .route("/json", web::post().to(json))
        .route("/raw", web::post().to(raw));
    let app = test::init_service(app).await;
    let answer = test::call_service(&app, request.to_request()).await;
    let status = answer.status();
    (status, String::from_utf8(test::read_body(answer).await.to_vec()).unwrap())
}
