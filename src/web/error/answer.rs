use std::error::Error as StdError;
use std::ops::Deref;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};

use super::{Error, Refusal, in_the_menu, sign_in_path, wants_page};
use crate::web::htmx::{self, Htmx};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How a refusal is drawn; given to the app by `app_data`. Without it answers are plain text.
#[derive(Clone, Copy)]
pub struct ErrorView {
    pub page: fn(&Refusal, &HttpRequest) -> askama::Result<String>,
    /// A toast as the whole answer: what is on the screen stays.
    pub toast: fn(&Refusal) -> askama::Result<String>,
}

/// Names one request in answer and log. Handlers find it in the request's extensions.
#[derive(Debug, Clone)]
pub struct RequestId(String);

impl RequestId {
    fn new() -> Self {
        Self(format!("{:016x}", rand::random::<u64>()))
    }
}

impl Deref for RequestId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Middleware: whatever failed inside becomes an answer that the asker can use, logged once.
pub async fn errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = RequestId::new();
    request.extensions_mut().insert(id.clone());
    let mut answered = match next.call(request).await {
        Ok(answered) => answered.map_into_boxed_body(),
        Err(error) => return Err(without_request(error, &id)),
    };
    if failed(answered.response()) {
        let answer = answer(answered.request(), answered.response(), &id).await;
        if let Some(answer) = answer {
            let kept = std::mem::replace(answered.headers_mut(), header::HeaderMap::new());
            answered = answered.into_response(with_cookies_of(&kept, answer));
        }
    }
    set_id(answered.headers_mut(), &id);
    Ok(answered)
}

/// An error, or the bare refusal of a router; a page that a handler drew itself has a body.
fn failed(response: &HttpResponse) -> bool {
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    response.error().is_some() || refused && matches!(response.body().size(), BodySize::None | BodySize::Sized(0))
}

/// None when the bare answer is already right.
async fn answer(request: &HttpRequest, response: &HttpResponse, id: &RequestId) -> Option<HttpResponse> {
    let error = response.error().and_then(|error| error.as_error::<Error>());
    let refusal = match error {
        Some(error) => Refusal::of(error, id),
        None => Refusal::of_status(response.status(), id),
    };
    log(request, &refusal, response.error());
    let htmx = Htmx::of(request.headers());
    match error {
        Some(Error::SignedOut { page: true, .. }) => return None,
        Some(Error::SignedOut { next, .. }) if htmx.is_htmx => {
            let mut answer = HttpResponse::build(refusal.status).finish();
            htmx::send_window_to(&mut answer, &sign_in_path(next.as_deref()));
            return Some(answer);
        }
        _ => {}
    }
    let mut answer = drawn(request, error, &refusal, &htmx).await.unwrap_or_else(|| plain(&refusal));
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    if response.head().connection_type() == actix_web::http::ConnectionType::Close {
        answer.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    }
    Some(answer)
}

/// The page or the toast; none for those who want neither, or when drawing failed.
async fn drawn(request: &HttpRequest, error: Option<&Error>, refusal: &Refusal, htmx: &Htmx) -> Option<HttpResponse> {
    let view = request.app_data::<ErrorView>()?;
    let text = if htmx.partial {
        (view.toast)(refusal)
    } else if wants_page(request) {
        match in_the_menu::page(request, error, refusal).await {
            Some(page) => Ok(page),
            None => (view.page)(refusal, request),
        }
    } else {
        return None;
    };
    let text = text.inspect_err(|error| tracing::error!(%error, "an error page cannot be drawn"));
    let mut answer = HttpResponse::build(refusal.status).content_type("text/html; charset=utf-8").body(text.ok()?);
    htmx::vary(answer.headers_mut());
    Some(answer)
}

fn plain(refusal: &Refusal) -> HttpResponse {
    HttpResponse::build(refusal.status).content_type("text/plain; charset=utf-8").body(refusal.sentence.clone())
}

/// The failure of a middleware comes without its request: who asked is not known any more.
fn without_request(error: actix_web::Error, id: &RequestId) -> actix_web::Error {
    let status = error.as_response_error().status_code();
    let refusal = match error.as_error::<Error>() {
        Some(error) => Refusal::of(error, id),
        None => Refusal::of_status(status, id),
    };
    tracing::error!(request_id = &**id, status = status.as_u16(), cause = %error, "a middleware failed");
    let mut answer = plain(&refusal);
    set_id(answer.headers_mut(), id);
    InternalError::from_response(error, answer).into()
}

/// The path is logged, the query is not: people search for names and phones.
fn log(request: &HttpRequest, refusal: &Refusal, error: Option<&actix_web::Error>) {
    let (id, status) = (refusal.request_id.as_str(), refusal.status.as_u16());
    let (method, path) = (request.method().as_str(), path_without_secret(request));
    if refusal.status.is_server_error() {
        let cause = error.map(causes).unwrap_or_default();
        tracing::error!(request_id = id, status, method, path, cause, "request failed");
    } else {
        tracing::debug!(request_id = id, status, method, path, "request refused");
    }
}

/// A link that is a secret is logged as the pattern of its address.
fn path_without_secret(request: &HttpRequest) -> String {
    let pattern = request.match_pattern().filter(|pattern| pattern.contains("{token}"));
    pattern.unwrap_or_else(|| request.path().to_owned())
}

/// The error and all that caused it.
fn causes(error: &actix_web::Error) -> String {
    let Some(error) = error.as_error::<Error>() else {
        return error.to_string();
    };
    let mut chain = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    if chain.is_empty() { error.to_string() } else { chain.join(": ") }
}

/// A session that was renewed while the request failed stays renewed.
fn with_cookies_of(kept: &header::HeaderMap, mut answer: HttpResponse) -> HttpResponse {
    for cookie in kept.get_all(header::SET_COOKIE) {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    answer
}

fn set_id(headers: &mut header::HeaderMap, id: &RequestId) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
}
