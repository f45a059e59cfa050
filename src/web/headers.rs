//! What every answer tells the browser: run only our own files, keep pages private, ask again.

mod etag;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

pub use etag::etag;

/// Scheme, host and port of `CREWLINE_PUBLIC_URL`; given to the app by `app_data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOrigin(String);

impl PublicOrigin {
    pub fn of(public_url: &url::Url) -> Self {
        Self(public_url.origin().ascii_serialization())
    }

    /// As browsers write it: `https://crew.example`, without the usual port.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Neither script nor style is ever in a page (OWASP ASVS 5.0, 3.4.3).
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: browsers then send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const ONE_YEAR_HTTPS: &str = "max-age=31536000";

/// Middleware, the outermost: adds what is missing, also to errors. Needs `PublicOrigin`.
pub async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let https = request.app_data::<PublicOrigin>().is_some_and(PublicOrigin::is_https);
    match next.call(request).await {
        Ok(mut answered) => {
            add_to(answered.headers_mut(), https);
            Ok(answered.map_into_boxed_body())
        }
        Err(error) => {
            let mut answer = error.error_response();
            add_to(answer.headers_mut(), https);
            Err(InternalError::from_response(error, answer).into())
        }
    }
}

fn add_to(headers: &mut HeaderMap, https: bool) {
    for (name, value) in ALWAYS {
        add(headers, name, value);
    }
    add(headers, header::CACHE_CONTROL, "private, no-cache");
    if https {
        add(headers, header::STRICT_TRANSPORT_SECURITY, ONE_YEAR_HTTPS);
    }
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::middleware::{Compress, from_fn};
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, HttpResponse, web};

    use super::*;
    use crate::web::error::Error;

    #[actix_web::test]
    async fn every_answer_forbids_foreign_and_inline_code() {
        for path in ["/", "/fails", "/nowhere"] {
            let headers = ask("https://crew.example", path).await;
            let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
            assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
            assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "private, no-cache");
        }
    }

    #[actix_web::test]
    async fn the_layers_work_in_their_order() {
        let app = App::new()
            .wrap(from_fn(crate::web::csrf::same_origin))
            .wrap(from_fn(crate::web::error::errors))
            .wrap(from_fn(etag))
            .wrap(Compress::default())
            .wrap(from_fn(security_headers))
            .app_data(PublicOrigin::of(&"https://crew.example".parse().unwrap()))
            .route("/", web::get().to(async || web::Html::new("<p>Karen</p>".repeat(99))));
        let app = test::init_service(app).await;
        let get = || TestRequest::get().uri("/").insert_header((header::ACCEPT_ENCODING, "br"));
        let page = test::call_service(&app, get().to_request()).await;
        let tag = page.headers().get(header::ETAG).unwrap().clone();
        assert_eq!(page.headers().get(header::CONTENT_ENCODING).unwrap(), "br");
        let again = get().insert_header((header::IF_NONE_MATCH, tag));
        let again = test::call_service(&app, again.to_request()).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(again.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        assert!(!again.headers().contains_key(header::CONTENT_ENCODING));
        assert!(test::read_body(again).await.is_empty());
        let forged = test::call_service(&app, TestRequest::post().uri("/").to_request()).await;
        assert_eq!(forged.status(), StatusCode::FORBIDDEN);
        assert!(forged.headers().contains_key("x-request-id"));
        assert!(forged.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    }

    #[actix_web::test]
    async fn only_an_https_site_is_pinned_to_https() {
        let secure = ask("https://crew.example", "/").await;
        assert!(secure.contains_key(header::STRICT_TRANSPORT_SECURITY));
        let local = ask("http://localhost:8080", "/").await;
        assert!(!local.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[actix_web::test]
    async fn a_page_that_says_no_store_keeps_it() {
        let headers = ask("https://crew.example", "/secret").await;
        let said: Vec<_> = headers.get_all(header::CACHE_CONTROL).collect();
        assert_eq!(said, ["no-store"]);
    }

    #[test]
    fn the_usual_port_is_no_part_of_an_origin() {
        let origin = |url: &str| PublicOrigin::of(&url.parse().unwrap()).as_str().to_owned();
        assert_eq!(origin("https://Crew.example:443/path"), "https://crew.example");
        assert_eq!(origin("http://localhost:8080"), "http://localhost:8080");
    }

    async fn ask(public_url: &str, path: &str) -> HeaderMap {
        let app = App::new()
            .wrap(from_fn(security_headers))
            .app_data(PublicOrigin::of(&public_url.parse().unwrap()))
            .route("/", web::get().to(HttpResponse::Ok))
            .route("/fails", web::get().to(async || Err::<String, _>(Error::NotFound)))
            .route(
                "/secret",
                web::get().to(async || HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish()),
            );
        let app = test::init_service(app).await;
        test::call_service(&app, TestRequest::get().uri(path).to_request()).await.headers().clone()
    }
}
