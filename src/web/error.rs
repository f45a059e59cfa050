//! What a handler answers when it cannot do what was asked: one enum for every page.
//!
//! A handler returns `Error`; `errors`, a middleware, writes the page, the toast or the line of
//! text that the asker can use, logs it once, and gives every answer a request id.

mod answer;
mod house_view;
mod in_the_menu;
mod refusal;

use std::error::Error as StdError;
use std::time::Duration;

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};

pub use answer::{ErrorView, errors};
pub use refusal::Refusal;

use super::htmx::Htmx;
use super::page::same_site_path;

/// Addresses that scripts fetch: no redirect to a page of ours would help them.
const NOT_PAGES: [&str; 3] = ["/events", "/push/", "/hooks/"];

/// Why a request was not done. A sentence says what happened and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400: the request itself is broken.
    #[error("{0}")]
    BadRequest(String),
    /// 401, or for a page 303 to the sign-in. Made by `Error::signed_out`.
    #[error("Please sign in.")]
    SignedOut {
        /// A browser asked for a page.
        page: bool,
        /// Where to go after the sign-in: a path of ours.
        next: Option<String>,
    },
    /// 403: seen, but not allowed. Drawn with the menu, so that nobody is stuck.
    #[error("{0}")]
    Forbidden(String),
    /// 403: the company's plan does not include it; links to the settings, and is drawn with the menu.
    #[error("{0}")]
    Upgrade(String),
    /// 404: absent, or none of this person's business. The two look alike.
    #[error("There is nothing at this address, or you may not see it.")]
    NotFound,
    /// 408: the body did not arrive in time.
    #[error("Your request took too long to arrive. Check the connection and send it again.")]
    TimedOut,
    /// 413: the body is larger than this address takes.
    #[error("That is more than this page takes. Make it shorter and send it again.")]
    TooLarge,
    /// 422: understood, but not possible. Pages with a form rather show it again themselves.
    #[error("{0}")]
    Unprocessable(String),
    /// 429: too many failures.
    #[error("Too many tries. Wait {} and try again.", in_words(*retry_after))]
    TooMany { retry_after: Duration },
    /// 500: ours. The cause is logged and never shown.
    #[error("Something went wrong here, and it was written down. Please try again.")]
    Internal(#[source] Box<dyn StdError + Send + Sync>),
    /// 503: something we need does not answer now.
    #[error("{0}")]
    Unavailable(String),
}

impl Error {
    /// A cause that only the log may see.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// Nobody is signed in: a page leads to the sign-in and back, everything else is refused.
    pub fn signed_out(request: &HttpRequest) -> Self {
        let htmx = Htmx::of(request.headers());
        let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_page = is_get && !htmx.partial && wants_page(request);
        let asked = request.uri().path_and_query().map(|path| path.as_str().to_owned());
        let next = if is_page { asked } else { htmx.current_path };
        let next = next.filter(|path| same_site_path(path).is_some());
        Self::SignedOut { page: is_page && !htmx.is_htmx, next }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut { page: true, .. } => StatusCode::SEE_OTHER,
            Self::SignedOut { page: false, .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Upgrade(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The bare answer: what hooks and scripts get, and what remains if no page can be drawn.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponseBuilder::new(self.status_code());
        match self {
            Self::SignedOut { page: true, next } => {
                answer.insert_header((header::LOCATION, sign_in_path(next.as_deref())));
                return answer.finish();
            }
            Self::TooMany { retry_after } => {
                answer.insert_header((header::RETRY_AFTER, retry_after.as_secs().max(1)));
            }
            // What is still on its way would be taken for the next request.
            Self::TimedOut | Self::TooLarge => {
                answer.force_close();
            }
            _ => {}
        }
        answer.content_type("text/plain; charset=utf-8").body(self.to_string())
    }
}

/// `/sign-in`, remembering where somebody wanted to go.
pub(super) fn sign_in_path(next: Option<&str>) -> String {
    match next.filter(|path| *path != "/") {
        Some(next) => {
            let query = [("next", next)];
            format!("/sign-in?{}", serde_urlencoded::to_string(query).unwrap_or_default())
        }
        None => "/sign-in".to_owned(),
    }
}

/// A browser window asks, not a script, a gateway or an event stream.
pub(super) fn wants_page(request: &HttpRequest) -> bool {
    let path = request.path();
    let is_json = has(request, header::CONTENT_TYPE, "application/json");
    let accepts_page = !request.headers().contains_key(header::ACCEPT)
        || has(request, header::ACCEPT, "text/html")
        || has(request, header::ACCEPT, "*/*");
    accepts_page && !is_json && !NOT_PAGES.iter().any(|prefix| path.starts_with(prefix))
}

fn has(request: &HttpRequest, name: header::HeaderName, word: &str) -> bool {
    let value = request.headers().get(name).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.to_ascii_lowercase().contains(word))
}

fn in_words(wait: Duration) -> String {
    match wait.as_secs().div_ceil(60) {
        0 | 1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests;
