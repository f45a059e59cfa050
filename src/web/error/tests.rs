use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App, HttpResponse, web};

use super::*;

const REFUSED: &str = "Only an Owner may do that.";
const CAUSE: &str = "password=hunter2 at table users";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

#[actix_web::test]
async fn a_browser_gets_a_page_with_the_sentence_and_the_request_id() {
    let answer = get("/forbidden").await;
    let id = answer.headers.get("x-request-id").unwrap().to_str().unwrap();
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.text, format!("page 403 Not allowed: {REFUSED} [{id}]"));
    assert!(answer.headers.contains_key(header::VARY));
}

#[actix_web::test]
async fn the_cause_of_a_failure_stays_in_the_log() {
    let partial = ("hx-request-type", "partial");
    for headers in [&[][..], &[partial][..], &[("accept", "application/json")][..]] {
        let answer = ask(TestRequest::get().uri("/internal"), headers).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.text.contains("Something went wrong"), "{}", answer.text);
        assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    }
}

#[actix_web::test]
async fn a_partial_request_gets_a_toast_alone() {
    let answer = ask(TestRequest::get().uri("/forbidden"), &[("hx-request-type", "partial")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.text, format!("toast {REFUSED}"));
}

#[actix_web::test]
async fn hooks_scripts_and_streams_get_a_line_of_text() {
    for (path, accept) in
        [("/hooks/forbidden", "*/*"), ("/forbidden", "application/json"), ("/forbidden", "text/event-stream")]
    {
        let answer = ask(TestRequest::get().uri(path), &[("accept", accept)]).await;
        assert_eq!(answer.text, REFUSED);
        let kind = answer.headers.get(header::CONTENT_TYPE).unwrap();
        assert_eq!(kind, "text/plain; charset=utf-8");
    }
}

#[actix_web::test]
async fn an_address_that_does_not_exist_gets_the_page_too() {
    let nowhere = get("/nowhere").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(nowhere.text.starts_with("page 404 Nothing here"), "{}", nowhere.text);
    let not_found = get("/not-found").await;
    let without_id = |text: &str| text.split(" [").next().map(str::to_owned);
    assert_eq!(without_id(&nowhere.text), without_id(&not_found.text), "the two look alike");
}

#[actix_web::test]
async fn a_wrong_method_and_a_wrong_id_get_a_page() {
    let wrong_method = ask(TestRequest::post().uri("/forbidden"), &[]).await;
    assert!(wrong_method.text.starts_with("page 40"), "{}", wrong_method.text);
    let wrong_id = get("/number/x").await;
    assert_eq!(wrong_id.status, StatusCode::NOT_FOUND);
    assert!(wrong_id.text.starts_with("page 404"), "{}", wrong_id.text);
}

#[actix_web::test]
async fn a_page_that_a_handler_drew_with_422_is_left_alone() {
    let answer = get("/form").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.text, "the form again");
    assert!(answer.headers.contains_key("x-request-id"));
}

#[actix_web::test]
async fn a_signed_out_browser_is_led_to_the_sign_in_and_back() {
    let answer = get("/private?view=all&q=a%20b").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = answer.headers.get(header::LOCATION).unwrap();
    assert_eq!(to, "/sign-in?next=%2Fprivate%3Fview%3Dall%26q%3Da%2520b");
}

#[actix_web::test]
async fn everything_else_signed_out_is_401() {
    for request in [
        TestRequest::post().uri("/private"),
        TestRequest::get().uri("/events"),
        TestRequest::get().uri("/push/public-key"),
        TestRequest::get().uri("/private").insert_header(("accept", "text/event-stream")),
    ] {
        let answer = ask(request, &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(!answer.headers.contains_key(header::LOCATION));
    }
}

#[actix_web::test]
async fn htmx_sends_the_window_to_the_sign_in_and_back_to_what_was_on_the_screen() {
    let headers = [
        ("hx-request", "true"),
        ("hx-request-type", "partial"),
        ("hx-current-url", "http://localhost/conversations/7"),
    ];
    let answer = ask(TestRequest::post().uri("/private"), &headers).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let to = answer.headers.get("hx-redirect").unwrap();
    assert_eq!(to, "/sign-in?next=%2Fconversations%2F7");
    assert_eq!(answer.text, "");
    let elsewhere = [("hx-request", "true"), ("hx-current-url", "http://localhost//evil.example")];
    let answer = ask(TestRequest::post().uri("/private"), &elsewhere).await;
    assert_eq!(answer.headers.get("hx-redirect").unwrap(), "/sign-in");
}

#[actix_web::test]
async fn too_many_tries_say_how_long_to_wait() {
    let answer = get("/too-many").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers.get(header::RETRY_AFTER).unwrap(), "90");
    assert!(answer.text.contains("Wait 2 minutes"), "{}", answer.text);
}

#[actix_web::test]
async fn a_failed_middleware_is_answered_without_its_cause() {
    let app = App::new()
        .wrap(from_fn(async |_, _: actix_web::middleware::Next<BoxBody>| {
            Err::<ServiceResponse, _>(Error::internal(CAUSE).into())
        }))
        .wrap(from_fn(errors));
    let app = test::init_service(app).await;
    let error = test::try_call_service(&app, TestRequest::get().to_request()).await.unwrap_err();
    let answer = error.error_response();
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.headers().contains_key("x-request-id"));
    let text = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
    assert!(!String::from_utf8_lossy(&text).contains("hunter2"));
}

async fn get(path: &str) -> Answer {
    ask(TestRequest::get().uri(path), &[("accept", "text/html,*/*;q=0.8")]).await
}

async fn ask(request: TestRequest, headers: &[(&'static str, &str)]) -> Answer {
    let view = ErrorView {
        page: |refusal, _| {
            let Refusal { status, title, sentence, request_id, .. } = refusal;
            Ok(format!("page {} {title}: {sentence} [{request_id}]", status.as_u16()))
        },
        toast: |refusal| Ok(format!("toast {}", refusal.sentence)),
    };
    let forbidden = || async { refuse(Error::Forbidden(REFUSED.to_owned())) };
    let private = || async |request: HttpRequest| refuse(Error::signed_out(&request));
    let app = App::new()
        .wrap(from_fn(errors))
        .app_data(view)
        .route("/forbidden", web::get().to(forbidden))
        .route("/hooks/forbidden", web::get().to(forbidden))
        .route("/internal", web::get().to(async || refuse(Error::internal(CAUSE))))
        .route("/not-found", web::get().to(async || refuse(Error::NotFound)))
        .route("/number/{id}", web::get().to(async |id: web::Path<i64>| id.to_string()))
        .route("/form", web::get().to(async || HttpResponse::UnprocessableEntity().body("the form again")))
        .route("/too-many", web::get().to(async || refuse(Error::TooMany { retry_after: Duration::from_secs(90) })))
        .service(web::resource(["/private", "/events", "/push/public-key"]).to(private()));
    let app = test::init_service(app).await;
    let request = headers.iter().fold(request, |r, h| r.insert_header(*h));
    let answer = test::call_service(&app, request.to_request()).await;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
    Answer { status, headers, text }
}

fn refuse(error: Error) -> Result<HttpResponse, Error> {
    Err(error)
}
