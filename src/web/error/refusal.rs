use actix_web::ResponseError as _;
use actix_web::http::StatusCode;

use super::Error;

/// What the page or toast of an error says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    /// "Not found".
    pub title: &'static str,
    /// What happened and what to do next; for a person, never a cause.
    pub sentence: String,
    /// Where to go from here: words and address.
    pub way_on: Option<(&'static str, &'static str)>,
    /// What to tell whoever looks into the log.
    pub request_id: String,
}

impl Refusal {
    pub(super) fn of(error: &Error, request_id: &str) -> Self {
        let way_on = match error {
            Error::Upgrade(_) => Some(("Upgrade", "/settings/company")),
            Error::NotFound | Error::Forbidden(_) => Some(("Go to the start page", "/")),
            Error::SignedOut { .. } => Some(("Sign in", "/sign-in")),
            _ => None,
        };
        Self { way_on, ..Self::new(error.status_code(), error.to_string(), request_id) }
    }

    /// An answer that is not of our making: no route, a wrong method, an id that is no number.
    pub(super) fn of_status(status: StatusCode, request_id: &str) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::of(&Error::NotFound, request_id),
            StatusCode::PAYLOAD_TOO_LARGE => Self::of(&Error::TooLarge, request_id),
            StatusCode::REQUEST_TIMEOUT => Self::of(&Error::TimedOut, request_id),
            _ if status.is_server_error() => Self::new(status, Error::internal("").to_string(), request_id),
            _ => Self::new(status, "This request cannot be answered.".to_owned(), request_id),
        }
    }

    fn new(status: StatusCode, sentence: String, request_id: &str) -> Self {
        Self { status, title: title(status), sentence, way_on: None, request_id: request_id.to_owned() }
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "You are signed out",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::NOT_FOUND => "Nothing here",
        StatusCode::METHOD_NOT_ALLOWED => "Not possible here",
        StatusCode::REQUEST_TIMEOUT => "Too slow",
        StatusCode::PAYLOAD_TOO_LARGE => "Too much",
        StatusCode::UNPROCESSABLE_ENTITY => "Not possible",
        StatusCode::TOO_MANY_REQUESTS => "Please wait",
        StatusCode::SERVICE_UNAVAILABLE => "Not available now",
        status if status.is_server_error() => "Something went wrong",
        _ => "This did not work",
    }
}
