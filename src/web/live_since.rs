//! What happens between the drawing of a page and the opening of its stream is not missed: each page says which event was
//! the last one before it was drawn, and the stream begins with `resync` if there were others since.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::site::Site;

/// Scripts can read this one of a page that was navigated to (W3C Server Timing, 3.2).
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Middleware: the number is taken before anything of the page is read.
pub async fn live_since(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let last = request.app_data::<Data<Site>>().map(|site| site.hub.last_event());
    let mut answered = next.call(request).await?.map_into_boxed_body();
    let is_page = answered.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if let Some(last) = last.filter(|_| is_page)
        && let Ok(value) = HeaderValue::from_str(&format!("live;desc=\"{last}\""))
    {
        answered.headers_mut().insert(SERVER_TIMING, value);
    }
    Ok(answered)
}
