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
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::{ServiceConfig, get, post, resource};

use super::client_address::ClientAddress;
use super::error::Error;
use super::session_store::{ADDRESS, USER, USER_AGENT};
use crate::domain::UserId;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/").route(get().to(front_door::show)))
        .service(resource("/sign-in").route(get().to(sign_in::show)).route(post().to(sign_in::create)))
        .service(resource("/sign-out").route(post().to(sign_out::create)));
}

/// Signs somebody in under a new id, so that an id known from before opens nothing.
pub(super) fn begin(session: &Session, request: &HttpRequest, user: UserId) -> Result<(), Error> {
    session.renew();
    session.insert(USER_AGENT, user_agent(request)).map_err(Error::internal)?;
    session.insert(ADDRESS, ClientAddress::of(request).0.to_string()).map_err(Error::internal)?;
    session.insert(USER, user).map_err(Error::internal)
}

/// Of a browser's name so many characters are kept; honest ones are half as long.
const LONGEST_USER_AGENT: usize = 400;

pub(super) fn user_agent(request: &HttpRequest) -> String {
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    agent.unwrap_or_default().chars().take(LONGEST_USER_AGENT).collect()
}
