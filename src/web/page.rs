//! One answer for pages: whole, or the part of it that htmx is about to replace.

use actix_session::SessionExt as _;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use askama::Template;

use super::error::Error;
use super::htmx::{self, Htmx};
use super::said;
use super::view::{PageParts, Part, TOASTS};

type Draw = Box<dyn FnOnce(Part<'_>) -> askama::Result<String>>;

/// The answer of a handler that shows a page. No handler asks whether htmx wants it.
///
/// A fragment goes out exactly if a partial request says so, chosen by the id of its target.
pub struct Page {
    status: StatusCode,
    draw: Draw,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Page {
    pub fn ok(page: impl PageParts + 'static) -> Self {
        Self::with_status(StatusCode::OK, page)
    }

    /// 422 with the form as it was sent and what is wrong with it.
    pub fn unprocessable(page: impl PageParts + 'static) -> Self {
        Self::with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    pub fn with_status(status: StatusCode, page: impl PageParts + 'static) -> Self {
        Self::drawn(status, Box::new(move |wanted| page.draw(wanted)))
    }

    /// For pages without parts: sign-in, and fragments with an address of their own.
    pub fn whole(status: StatusCode, page: impl Template + 'static) -> Self {
        Self::drawn(status, Box::new(move |_| page.render()))
    }

    /// For pages that show secrets: nothing may keep a copy.
    pub fn no_store(self) -> Self {
        self.header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
    }

    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    fn drawn(status: StatusCode, draw: Draw) -> Self {
        Self { status, draw, headers: Vec::new() }
    }
}

impl Responder for Page {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let htmx = Htmx::of(request.headers());
        let wanted = match &htmx.target {
            Some(target) if htmx.partial => Part::Of(target),
            // A target without an id: no part can be meant, so the page's own default.
            None if htmx.partial => Part::Of(""),
            _ => Part::Whole,
        };
        let drawn =
            (self.draw)(wanted).and_then(|text| if htmx.is_htmx { Ok((text, false)) } else { say(request, text) });
        let (text, speaks) = match drawn {
            Ok(drawn) => drawn,
            Err(error) => return HttpResponse::from_error(Error::internal(error)),
        };
        let mut answer = HttpResponse::build(self.status).content_type("text/html; charset=utf-8").body(text);
        htmx::vary(answer.headers_mut());
        if speaks {
            // Whoever comes back to this page is not told again
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        for (name, value) in self.headers {
            answer.headers_mut().insert(name, value);
        }
        answer
    }
}

/// The page with what waits to be said, where it has a place for that, and whether it says something.
fn say(request: &HttpRequest, page: String) -> askama::Result<(String, bool)> {
    let Some((before, after)) = page.split_once(TOASTS) else { return Ok((page, false)) };
    match said::take(&request.get_session()) {
        Some(toast) => Ok(([before, TOASTS, &toast.render()?, after].concat(), true)),
        None => Ok((page, false)),
    }
}

/// After a POST: 303 to the page where the person sees the result.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// A path of this site as it came from outside (`next=`); none if it leads elsewhere.
///
/// `//host` and `/\host` are addresses of other sites to a browser.
pub fn same_site_path(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('/')?;
    let leads_away = rest.starts_with(['/', '\\']);
    let is_clean = !path.chars().any(|c| c.is_control() || c == '\\');
    (!leads_away && is_clean).then_some(path)
}

#[cfg(test)]
mod tests {
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, web};

    use super::*;

    #[derive(Template)]
    #[template(
        source = "<html>{% block list %}<ul id=list>{{ word }}</ul>{% endblock %}{% block note %}<p>{{ word }}</p>{% endblock %}</html>",
        ext = "html",
        blocks = ["list", "note"]
    )]
    struct Words {
        word: &'static str,
    }

    impl PageParts for Words {
        fn part(&self, target: &str) -> askama::Result<String> {
            match target {
                "note" => self.as_note().render(),
                _ => self.as_list().render(),
            }
        }
    }

    async fn show() -> Page {
        Page::ok(Words { word: "<b>" })
    }

    async fn ask(headers: &[(&'static str, &'static str)]) -> (StatusCode, String, String) {
        let app = test::init_service(App::new().route("/", web::get().to(show))).await;
        let request = headers.iter().fold(TestRequest::get(), |r, h| r.insert_header(*h));
        let answer = test::call_service(&app, request.to_request()).await;
        let vary = answer.headers().get(header::VARY).unwrap().to_str().unwrap().to_owned();
        let status = answer.status();
        let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        (status, vary, text)
    }

    #[actix_web::test]
    async fn a_browser_gets_the_whole_page() {
        let (status, vary, text) = ask(&[]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(vary.to_ascii_lowercase().contains("hx-request-type"), "{vary}");
        assert_eq!(text, "<html><ul id=list>&#60;b&#62;</ul><p>&#60;b&#62;</p></html>");
    }

    #[actix_web::test]
    async fn a_partial_request_gets_the_block_of_its_target_and_nothing_else() {
        let partial = ("hx-request-type", "partial");
        let (_, vary, text) = ask(&[partial, ("hx-target", "p#note")]).await;
        assert_eq!(text, "<p>&#60;b&#62;</p>");
        assert!(vary.to_ascii_lowercase().contains("hx-target"), "{vary}");
        let (_, _, text) = ask(&[partial, ("hx-target", "main")]).await;
        assert_eq!(text, "<ul id=list>&#60;b&#62;</ul>");
    }

    #[actix_web::test]
    async fn a_boosted_link_gets_the_whole_page() {
        let (_, _, text) = ask(&[("hx-request", "true"), ("hx-request-type", "full"), ("hx-target", "p#note")]).await;
        assert!(text.starts_with("<html>"));
    }

    #[test]
    fn only_paths_of_this_site_are_followed_after_sign_in() {
        assert_eq!(same_site_path("/conversations?view=all"), Some("/conversations?view=all"));
        assert_eq!(same_site_path("/"), Some("/"));
        for elsewhere in
            ["", "//evil.example", "/\\evil.example", "/\t/evil.example", "/a\\b", "https://evil.example", "evil"]
        {
            assert_eq!(same_site_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
