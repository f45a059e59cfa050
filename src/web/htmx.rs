//! What htmx says of a request, and what it wants in answers. `HX-` is written nowhere else.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

const REQUEST: &str = "HX-Request";
const REQUEST_TYPE: &str = "HX-Request-Type";
const TARGET: &str = "HX-Target";
const CURRENT_URL: &str = "HX-Current-URL";
const REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");
const VARY: HeaderValue = HeaderValue::from_static("HX-Request-Type, HX-Target");

/// Who asks: a browser for a page, or htmx for a piece of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Htmx {
    pub is_htmx: bool,
    /// A fragment is wanted. Boosted links and `hx-select` come from htmx too, but need the page.
    pub partial: bool,
    /// The id of the element that the answer will replace, if it has one.
    pub target: Option<String>,
    /// Path and query of the page on the screen.
    pub current_path: Option<String>,
}

impl Htmx {
    pub fn of(headers: &HeaderMap) -> Self {
        Self {
            is_htmx: text(headers, REQUEST) == Some("true"),
            partial: text(headers, REQUEST_TYPE) == Some("partial"),
            target: text(headers, TARGET).and_then(id_of_element),
            current_path: text(headers, CURRENT_URL).and_then(path_of_address),
        }
    }
}

impl FromRequest for Htmx {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request.headers())))
    }
}

/// The answer depends on what htmx asked for: caches must keep page and fragment apart.
pub fn vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, VARY);
}

/// Sends the whole window to `path`: htmx would swap the page behind an ordinary redirect into
/// a part of this one.
pub fn send_window_to(answer: &mut HttpResponse, path: &str) {
    if let Ok(path) = HeaderValue::from_str(path) {
        answer.headers_mut().insert(REDIRECT, path);
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// htmx names an element `tag#id`, or `tag` when it has no id.
fn id_of_element(element: &str) -> Option<String> {
    let (_, id) = element.split_once('#')?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn path_of_address(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_browser_asks_for_a_page() {
        let request = TestRequest::default().to_http_request();
        assert_eq!(Htmx::of(request.headers()), Htmx::default());
    }

    #[test]
    fn a_partial_request_names_its_target_by_id() {
        let htmx = asked(&[
            (REQUEST, "true"),
            (REQUEST_TYPE, "partial"),
            (TARGET, "section#thread"),
            (CURRENT_URL, "https://crewline.example/conversations/7?view=all#end"),
        ]);
        assert!(htmx.is_htmx && htmx.partial);
        assert_eq!(htmx.target.as_deref(), Some("thread"));
        assert_eq!(htmx.current_path.as_deref(), Some("/conversations/7?view=all"));
    }

    #[test]
    fn a_boosted_link_comes_from_htmx_and_wants_the_page() {
        let htmx = asked(&[(REQUEST, "true"), (REQUEST_TYPE, "full"), (TARGET, "body")]);
        assert!(htmx.is_htmx && !htmx.partial);
        assert_eq!(htmx.target, None);
    }

    fn asked(headers: &[(&'static str, &str)]) -> Htmx {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.insert_header(*header));
        Htmx::of(request.to_http_request().headers())
    }
}
