//! Signing in and out, and where the front door leads.
//!
//! A session begins in one place, `begin`, with a new id. Failures are counted before the slow
//! work, so that a hundred guesses at once are a hundred failures.
//! Must not know: how sessions are stored, what a password costs.

mod front_door;
pub(super) mod password_work;
mod sign_in;
mod sign_out;

use actix_session::Session;
use actix_web::web::{ServiceConfig, get, post, resource};

use super::error::Error;
use super::session_store::USER;
use crate::domain::UserId;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/").route(get().to(front_door::show)))
        .service(resource("/sign-in").route(get().to(sign_in::show)).route(post().to(sign_in::create)))
        .service(resource("/sign-out").route(post().to(sign_out::create)));
}

/// Signs somebody in under a new id, so that an id known from before opens nothing.
pub(super) fn begin(session: &Session, user: UserId) -> Result<(), Error> {
    session.renew();
    session.insert(USER, user).map_err(Error::internal)
}
