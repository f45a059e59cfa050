//! The first run: while nobody is here, the token from the terminal opens this page.
//!
//! It makes the Owner, or loads the demo company, signs them in and is gone.
//! Must not know: what a company consists of.

mod company;
mod demo;
mod form;

use actix_session::Session;
use actix_web::web::{Data, ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};

use super::error::Error;
use super::page::see_other;
use super::sessions;
use super::site::Site;
use crate::domain::UserId;
use crate::store::users;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/setup").route(get().to(form::show)).route(post().to(company::create)))
        .service(resource("/setup/demo").route(post().to(demo::create)));
}

/// 404 once somebody is here.
async fn still_empty(site: &Data<Site>) -> Result<(), Error> {
    if !site.setup_token.is_open() || site.read(|c| Ok(users::any(c)?)).await? {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// The Owner is signed in, push services may write to them, and the token opens nothing any more.
fn begin(
    site: &Site,
    session: &Session,
    request: &HttpRequest,
    owner: UserId,
    email: &str,
) -> Result<HttpResponse, Error> {
    site.setup_token.spend();
    (site.push.owner_is_known)(email);
    sessions::begin(session, request, owner)?;
    Ok(see_other("/"))
}
