use actix_web::body::{BodySize, BoxBody, MessageBody as _};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Larger answers go out unmarked.
const LARGEST: u64 = 1024 * 1024;

/// Middleware, inside compression: a page that did not change is answered with 304 and no body.
///
/// Weak, because the same page may go out compressed or not.
pub async fn etag(
    request: ServiceRequest,
    next: Next<impl actix_web::body::MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answered = next.call(request).await?.map_into_boxed_body();
    if !may_be_kept(&answered) {
        return Ok(answered);
    }
    let (request, answer) = answered.into_parts();
    let (mut answer, body) = answer.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        // A stream of known length: it goes on as it was.
        Err(body) => return Ok(ServiceResponse::new(request, answer.set_body(body))),
    };
    let tag = tag_of(&body);
    let known = knows(request.headers(), &tag);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    let body = if known {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer.headers_mut().remove(header::CONTENT_TYPE);
        BoxBody::new(())
    } else {
        BoxBody::new(body)
    };
    Ok(ServiceResponse::new(request, answer.set_body(body)))
}

/// A page in full that its browser may keep; static files bring their own tag.
fn may_be_kept(answered: &ServiceResponse) -> bool {
    let headers = answered.headers();
    let says = |name, word: &str| {
        let value = headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        value.is_some_and(|value| value.contains(word))
    };
    matches!(*answered.request().method(), Method::GET | Method::HEAD)
        && answered.status() == StatusCode::OK
        && matches!(answered.response().body().size(), BodySize::Sized(1..=LARGEST))
        && says(header::CONTENT_TYPE, "text/html")
        && !says(header::CACHE_CONTROL, "no-store")
        && !headers.contains_key(header::ETAG)
}

/// 96 bits of a hash: two versions of a page never share them by chance.
fn tag_of(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let short = hash.get(..12).unwrap_or_default();
    format!("W/\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(short))
}

/// `If-None-Match` by weak comparison (RFC 9110, 13.1.2).
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = opaque(tag);
    let values = headers.get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|tag| tag.trim() == "*" || opaque(tag) == ours)
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::{Compress, from_fn};
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    #[actix_web::test]
    async fn a_page_that_did_not_change_has_no_body() {
        let (status, tag, body) = ask("/page", None).await;
        assert_eq!((status, body.is_empty()), (StatusCode::OK, false));
        let tag = tag.unwrap();
        assert!(tag.starts_with("W/\""));
        let again = ask("/page", Some(&tag)).await;
        assert_eq!(again, (StatusCode::NOT_MODIFIED, Some(tag.clone()), Vec::new()));
        let listed = format!("\"other\", {}", tag.trim_start_matches("W/"));
        assert_eq!(ask("/page", Some(&listed)).await.0, StatusCode::NOT_MODIFIED);
    }

    #[actix_web::test]
    async fn a_page_that_changed_is_sent() {
        let (status, _, body) = ask("/page", Some("W/\"AAAAAAAAAAAAAAAA\"")).await;
        assert_eq!((status, body.is_empty()), (StatusCode::OK, false));
    }

    #[actix_web::test]
    async fn refusals_secrets_and_streams_are_not_marked() {
        for path in ["/refused", "/secret", "/stream"] {
            assert_eq!(ask(path, Some("*")).await.1, None, "{path}");
        }
    }

    async fn ask(path: &str, known: Option<&str>) -> (StatusCode, Option<String>, Vec<u8>) {
        let html = || async { page(StatusCode::OK).body("<p>Karen Fields</p>".repeat(50)) };
        let app = App::new()
            .wrap(from_fn(etag))
            .wrap(Compress::default())
            .route("/page", web::get().to(html))
            .route("/refused", web::get().to(async || page(StatusCode::NOT_FOUND).body("no")))
            .route(
                "/secret",
                web::get()
                    .to(async || page(StatusCode::OK).insert_header((header::CACHE_CONTROL, "no-store")).body("key")),
            )
            .route(
                "/stream",
                web::get().to(async || {
                    let frames = futures_util::stream::iter([Ok::<_, actix_web::Error>(web::Bytes::from("data: {}"))]);
                    HttpResponse::Ok().content_type("text/event-stream").streaming(frames)
                }),
            );
        let app = test::init_service(app).await;
        let mut request = TestRequest::get().uri(path).insert_header((header::ACCEPT_ENCODING, "br"));
        if let Some(tag) = known {
            request = request.insert_header((header::IF_NONE_MATCH, tag));
        }
        let answer = test::call_service(&app, request.to_request()).await;
        let tag = answer.headers().get(header::ETAG).map(|tag| tag.to_str().unwrap().to_owned());
        (answer.status(), tag, test::read_body(answer).await.to_vec())
    }

    fn page(status: StatusCode) -> actix_web::HttpResponseBuilder {
        let mut page = HttpResponse::build(status);
        page.content_type("text/html; charset=utf-8");
        page
    }
}
