use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{gone, open};
use crate::services::{self, NewStaff};
use crate::store::invites::Invite;
use crate::web::client_address::ClientAddress;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::link_token;
use crate::web::page::{Page, see_other};
use crate::web::session_store::signed_in;
use crate::web::sessions::{self, password_work};
use crate::web::site::Site;
use crate::web::view::InvitePage;

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    password: String,
}

/// `GET /invites/{token}`.
pub async fn show(site: Data<Site>, address: ClientAddress, token: Path<String>) -> Result<Page, Error> {
    match open(&site, address, &token, services::open_invite).await? {
        Ok(invite) => page(&site, StatusCode::OK, &token, invite, None).await,
        Err(gone) => Ok(gone),
    }
}

/// `POST /invites/{token}`: they are here, and signed in.
pub async fn accept(
    site: Data<Site>,
    session: Session,
    request: HttpRequest,
    address: ClientAddress,
    token: Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let invite = match open(&site, address, &token, services::open_invite).await? {
        Ok(invite) => invite,
        Err(gone) => return Ok(Either::Left(gone)),
    };
    let about = vec![invite.name.clone(), invite.email.clone()];
    let password_hash = match password_work::choose(chosen.password, about).await? {
        Ok(hash) => hash,
        Err(weak) => return refused(&site, &token, invite, weak.to_string()).await,
    };
    let (hash, from, now) = (link_token::hash(&token), address.0.to_string(), site.now());
    let accepted = site.try_write(move |tx| {
        let new = NewStaff { token_hash: &hash, password_hash: &password_hash, address: &from };
        services::accept_invite(tx, &new, now)
    });
    match accepted.await? {
        Ok(user) => {
            let before = signed_in(&session)?;
            sessions::begin(&session, &request, user)?;
            if let Some((_, before)) = before {
                site.hub.end_session(before);
            }
            Ok(Either::Right(see_other("/")))
        }
        // Opened twice at once: the other one was first
        Err(services::Error::NotFound) => Ok(Either::Left(gone(&site).await?)),
        Err(services::Error::Invalid(why)) => refused(&site, &token, invite, why).await,
        Err(other) => Err(other.into()),
    }
}

async fn refused(
    site: &Data<Site>,
    token: &str,
    invite: Invite,
    why: String,
) -> Result<Either<Page, HttpResponse>, Error> {
    page(site, StatusCode::UNPROCESSABLE_ENTITY, token, invite, Some(why)).await.map(Either::Left)
}

/// Carries the secret, so nothing may keep a copy.
async fn page(
    site: &Data<Site>,
    status: StatusCode,
    token: &str,
    invite: Invite,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let bare = site.read(move |c| Ok(shared.bare(c)?)).await?;
    let Invite { name, email, role, .. } = invite;
    Ok(Page::whole(status, InvitePage { bare, token: token.to_owned(), name, email, role, error }).no_store())
}
