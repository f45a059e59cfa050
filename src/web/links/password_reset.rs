use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::{gone, open};
use crate::services;
use crate::store::users::User;
use crate::web::client_address::ClientAddress;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::link_token;
use crate::web::page::{Page, see_other};
use crate::web::sessions::password_work;
use crate::web::site::Site;
use crate::web::view::PasswordResetPage;

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    password: String,
}

/// `GET /password-resets/{token}`.
pub async fn show(site: Data<Site>, address: ClientAddress, token: Path<String>) -> Result<Page, Error> {
    match open(&site, address, &token, services::open_reset).await? {
        Ok(user) => page(&site, StatusCode::OK, &token, user, None).await,
        Err(gone) => Ok(gone),
    }
}

/// `POST /password-resets/{token}`: then they sign in with it.
pub async fn update(
    site: Data<Site>,
    address: ClientAddress,
    token: Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let user = match open(&site, address, &token, services::open_reset).await? {
        Ok(user) => user,
        Err(gone) => return Ok(Either::Left(gone)),
    };
    let about = vec![user.name.clone(), user.email.clone()];
    let password_hash = match password_work::choose(chosen.password, about).await? {
        Ok(hash) => hash,
        Err(weak) => {
            let page = page(&site, StatusCode::UNPROCESSABLE_ENTITY, &token, user, Some(weak.to_string()));
            return page.await.map(Either::Left);
        }
    };
    let (hash, now) = (link_token::hash(&token), site.now());
    let (from, place) = (address.0.to_string(), address.household());
    let done = site.try_write(move |tx| services::reset_password(tx, &hash, &password_hash, &from, &place, now));
    match done.await? {
        Ok(_) => Ok(Either::Right(see_other("/sign-in"))),
        Err(services::Error::NotFound) => Ok(Either::Left(gone(&site).await?)),
        Err(other) => Err(other.into()),
    }
}

/// Carries the secret, so nothing may keep a copy.
async fn page(
    site: &Data<Site>,
    status: StatusCode,
    token: &str,
    user: User,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let bare = site.read(move |c| Ok(shared.bare(c)?)).await?;
    let page = PasswordResetPage { bare, token: token.to_owned(), email: user.email, error };
    Ok(Page::whole(status, page).no_store())
}
