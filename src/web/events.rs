//! `GET /events`: one stream for each visible tab, as server-sent events (WHATWG HTML, 9.2).

use std::convert::Infallible;
use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, ContentEncoding, HeaderName};
use actix_web::web::{Bytes, Data, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{Stream, StreamExt as _, stream};
use serde::Deserialize;

use super::current_user::CurrentUser;
use super::error::Error;
use super::site::Site;
use crate::live::EventStream;
use crate::store::sessions;
use crate::web::query::Query;

/// Proxies close what is silent for longer; and a tab that is gone is noticed by writing to it.
const PING: Duration = Duration::from_secs(15);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/events").route(get().to(show)));
}

#[derive(Default, Deserialize)]
struct Asked {
    /// The last event before the page was drawn, as `live_since` said it; something else where the page does not know.
    since: Option<String>,
}

async fn show(
    site: Data<Site>,
    me: CurrentUser,
    asked: Query<Asked>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let session = me.session;
    let mut events = site.hub.subscribe(me.id, session);
    // A session that ended between the question and the subscription was not told of it.
    if !site.read(move |c| Ok(sessions::is_open(c, session)?)).await? {
        return Err(Error::signed_out(&request));
    }
    let missed = asked.since.as_ref().is_some_and(|since| since.parse() != Ok(site.hub.last_event()));
    if missed || request.headers().contains_key(LAST_EVENT_ID) {
        events = events.beginning_with_resync();
    }
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // A compressor or a proxy would hold events back until there are enough of them.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .streaming(frames(events)))
}

/// Ends when the hub ends the events. The first comment opens the stream in the browser at once.
fn frames(events: EventStream) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let opening = stream::once(async { Ok(comment()) });
    opening.chain(stream::unfold(events, |mut events| async {
        let frame = match tokio::time::timeout(PING, events.next()).await {
            Ok(event) => Bytes::from(event?.to_string()),
            Err(_) => comment(),
        };
        Some((Ok(frame), events))
    }))
}

fn comment() -> Bytes {
    Bytes::from_static(b":\n\n")
}
