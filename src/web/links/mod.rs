//! Links that somebody was given: to join, to choose a new password. Opened signed out, once.
//!
//! Used, expired, replaced or never made: the answer is the same page. Must not know: who may make them.

mod invite;
mod password_reset;

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig, get, post, resource};
use chrono::NaiveDateTime;

use super::client_address::ClientAddress;
use super::error::Error;
use super::link_token;
use super::page::Page;
use super::site::Site;
use super::view::LinkGonePage;
use crate::services::{self, MayTry};
use crate::store::{DbConnection, Stored};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/invites/{token}").route(get().to(invite::show)).route(post().to(invite::accept))).service(
        resource("/password-resets/{token}")
            .route(get().to(password_reset::show))
            .route(post().to(password_reset::update)),
    );
}

/// Under this name wrong links are counted, like the failures of an account. No e-mail address looks like it.
const LINKS: &str = "links";

type Find<T> = fn(&mut DbConnection, &str, NaiveDateTime) -> Stored<Option<T>>;

/// What a link opens, or the page that says it opens nothing. Guesses are throttled as at the sign-in.
async fn open<T: Send + 'static>(
    site: &Data<Site>,
    address: ClientAddress,
    token: &str,
    find: Find<T>,
) -> Result<Result<T, Page>, Error> {
    let (place, hash, now) = (address.household(), link_token::hash(token), site.now());
    let from = place.clone();
    let found = site.read(move |c| match find(c, &hash, now)? {
        Some(found) => Ok(Some(found)),
        // Only misses are slowed down: a colleague's dead links shut nobody else out
        None => match services::may_try(c, LINKS, &from, now)? {
            MayTry::After(wait) => Err(Error::TooMany { retry_after: wait.to_std().unwrap_or_default() }),
            MayTry::Yes => Ok(None),
        },
    });
    if let Some(found) = found.await? {
        return Ok(Ok(found));
    }
    site.write(move |tx| services::note_failure(tx, LINKS, &place, now)).await?;
    Ok(Err(gone(site).await?))
}

async fn gone(site: &Data<Site>) -> Result<Page, Error> {
    let shared = site.clone();
    let bare = site.read(move |c| Ok(shared.bare(c)?)).await?;
    Ok(Page::whole(StatusCode::NOT_FOUND, LinkGonePage { bare }).no_store())
}
