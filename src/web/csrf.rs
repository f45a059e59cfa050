//! Refuses what another site makes a browser send, by the headers that no page can forge.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;

use super::error::Error;
use super::headers::PublicOrigin;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Gateways are no browsers; their hooks are verified by signature.
const HOOKS: &str = "/hooks/";

/// Middleware: an unsafe request must come from our own pages. Needs `PublicOrigin` in `app_data`.
pub async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if is_safe(request.method()) || request.path().starts_with(HOOKS) || is_ours(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let sentence = "This request did not come from a page of ours, so nothing was changed. \
                    Open the page again and repeat it there.";
    Ok(request.error_response(Error::Forbidden(sentence.to_owned())))
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// `Sec-Fetch-Site` decides where it is sent; older browsers and honest scripts send `Origin`.
fn is_ours(request: &ServiceRequest) -> bool {
    let mut sites = request.headers().get_all(FETCH_SITE).peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin");
    }
    let ours = request.app_data::<PublicOrigin>();
    let mut origins = request.headers().get_all(header::ORIGIN).peekable();
    origins.peek().is_some() && ours.is_some_and(|ours| origins.all(|origin| origin == ours.as_str()))
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::middleware::from_fn;
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    const SITE: &str = "sec-fetch-site";

    #[actix_web::test]
    async fn our_own_pages_may_post() {
        assert_eq!(post("/x", &[(SITE, "same-origin")]).await, StatusCode::OK);
        assert_eq!(post("/x", &[("origin", "https://crew.example")]).await, StatusCode::OK);
    }

    #[actix_web::test]
    async fn other_sites_may_not_even_with_our_origin() {
        for site in ["cross-site", "same-site", "none", ""] {
            let headers = [(SITE, site), ("origin", "https://crew.example")];
            assert_eq!(post("/x", &headers).await, StatusCode::FORBIDDEN, "{site}");
        }
        let doubled = [(SITE, "same-origin"), (SITE, "cross-site")];
        assert_eq!(post("/x", &doubled).await, StatusCode::FORBIDDEN);
    }

    #[actix_web::test]
    async fn without_the_header_the_origin_must_be_ours_to_the_letter() {
        for origin in [
            "https://evil.example",
            "http://crew.example",
            "https://crew.example:8443",
            "https://crew.example.evil.example",
            "null",
            "",
        ] {
            let status = post("/x", &[("origin", origin)]).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{origin}");
        }
        assert_eq!(post("/x", &[]).await, StatusCode::FORBIDDEN);
    }

    #[actix_web::test]
    async fn hooks_are_left_to_their_signatures_and_reading_is_free() {
        assert_eq!(post("/hooks/twilio/sms", &[]).await, StatusCode::OK);
        assert_eq!(post("/hooks", &[]).await, StatusCode::FORBIDDEN);
        assert_eq!(send(TestRequest::get().uri("/x")).await, StatusCode::OK);
    }

    async fn post(path: &str, headers: &[(&'static str, &str)]) -> StatusCode {
        let request = TestRequest::post().uri(path);
        send(headers.iter().fold(request, |r, header| r.append_header(*header))).await
    }

    async fn send(request: TestRequest) -> StatusCode {
        let app = App::new()
            .wrap(from_fn(same_origin))
            .app_data(PublicOrigin::of(&"https://crew.example/".parse().unwrap()))
            .default_service(web::to(HttpResponse::Ok));
        let app = test::init_service(app).await;
        test::call_service(&app, request.to_request()).await.status()
    }
}
