use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::header::HeaderName;
use actix_web::web::Data;

use crate::services;
use crate::web::client_address::ClientAddress;
use crate::web::error::Error;
use crate::web::page::see_other;
use crate::web::session_store::signed_in;
use crate::web::site::Site;

/// The next person at this machine finds nothing: no page behind the Back button, no unsent draft,
/// no service worker that still rings (ASVS 5.0, 14.3.1). The session's push subscriptions go with
/// it on the server as well. Not "cookies": ours is removed by itself.
const CLEARED: &str = "\"cache\", \"storage\"";

/// `POST /sign-out`; also for who is signed out already.
pub async fn create(site: Data<Site>, session: Session, address: ClientAddress) -> Result<HttpResponse, Error> {
    let ended = signed_in(&session)?;
    session.purge();
    if let Some((user, ended)) = ended {
        site.hub.end_session(ended);
        let (address, now) = (address.0.to_string(), site.now());
        site.write(move |tx| services::sign_out(tx, user, &address, now)).await?;
    }
    let mut answer = see_other("/sign-in");
    let name = HeaderName::from_static("clear-site-data");
    let cleared = actix_web::http::header::HeaderValue::from_static(CLEARED);
    answer.headers_mut().insert(name, cleared);
    Ok(answer)
}
