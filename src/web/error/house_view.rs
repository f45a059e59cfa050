use actix_web::HttpRequest;
use askama::Template as _;

use super::{ErrorView, Refusal};
use crate::web::assets::Assets;
use crate::web::view::{Bare, ErrorPage, Toast, ToastPart};

/// Needs no session and no database: it must still be drawn when those are what failed.
const COMPANY_NAME: &str = "Crewline";

impl ErrorView {
    /// Errors as `templates/error.html` and as toasts.
    pub fn of_the_house() -> Self {
        Self { page, toast }
    }
}

fn page(refusal: &Refusal, request: &HttpRequest) -> askama::Result<String> {
    let assets = request.app_data::<Assets>().map(Assets::version);
    let page = ErrorPage {
        bare: Bare { company_name: COMPANY_NAME.to_owned(), assets: assets.unwrap_or_default().to_owned() },
        status: refusal.status.as_u16(),
        title: refusal.title.to_owned(),
        sentence: refusal.sentence.clone(),
        way_on: refusal.way_on.map(|(words, path)| (words.to_owned(), path.to_owned())),
        request_id: Some(refusal.request_id.clone()),
    };
    page.render()
}

fn toast(refusal: &Refusal) -> askama::Result<String> {
    let toast = Toast::error(refusal.sentence.as_str());
    ToastPart { toast }.render()
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn what_an_error_says_is_never_markup() {
        let refusal = Refusal {
            status: StatusCode::FORBIDDEN,
            title: "Not allowed",
            sentence: "<script>".to_owned(),
            way_on: Some(("Upgrade", "/settings/company")),
            request_id: "0123456789abcdef".to_owned(),
        };
        let page = page(&refusal, &TestRequest::default().to_http_request()).unwrap();
        for part in ["Not allowed", "0123456789abcdef", "href=\"/settings/company\""] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        let toast = toast(&refusal).unwrap();
        assert!(toast.contains("#toasts"), "{toast}");
        for drawn in [page, toast] {
            assert!(drawn.contains("&#60;script&#62;"), "{drawn}");
            assert!(!drawn.contains("<script>"), "{drawn}");
        }
    }
}
