use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::profile::{self, Refused};
use crate::services::{self, MayTry};
use crate::store::users;
use crate::web::client_address::ClientAddress;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::sessions::password_work;
use crate::web::site::Site;

const WRONG: &str = "That is not your current password. Nothing was changed.";

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Passwords {
    current_password: String,
    password: String,
}

/// `POST /settings/profile/password`. Failures count as at the sign-in: an open browser is no place to guess.
pub async fn update(
    site: Data<Site>,
    address: ClientAddress,
    InTurn(me, Form(passwords)): InTurn<CurrentUser, Form<Passwords>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let place = address.household();
    let hash = match attempt(&site, &me, &place).await? {
        Ok(hash) => hash,
        Err(wait) => return wait_first(&site, me, wait).await.map(Either::Left),
    };
    if !password_work::verify(passwords.current_password, hash).await? {
        return refused(&site, me, WRONG.to_owned()).await.map(Either::Left);
    }
    let about = vec![me.name.clone(), me.email.clone()];
    let new_hash = match password_work::choose(passwords.password, about).await? {
        Ok(hash) => hash,
        Err(weak) => return refused(&site, me, weak.to_string()).await.map(Either::Left),
    };
    let (by, session, now) = (me.by(), me.session, site.now());
    site.write(move |tx| services::change_password(tx, &by, &place, session, &new_hash, now)).await?;
    Ok(Either::Right(see_other_saying("/settings/profile", Said::PasswordChanged)))
}

/// The present hash, or how long to wait. Counts as a failure from now on; a success forgives it.
async fn attempt(
    site: &Site,
    me: &CurrentUser,
    place: &str,
) -> Result<Result<Option<String>, chrono::Duration>, Error> {
    let (account, place, user, now) = (users::account(&me.email), place.to_owned(), me.id, site.now());
    let tried = site.write(move |tx| match services::may_try(tx, &account, &place, now)? {
        MayTry::After(wait) => Ok(Err(wait)),
        MayTry::Yes => {
            services::note_failure(tx, &account, &place, now)?;
            Ok(Ok(users::password_hash(tx, user)?))
        }
    });
    tried.await
}

async fn refused(site: &Data<Site>, me: CurrentUser, why: String) -> Result<Page, Error> {
    let refused = Refused { password_error: Some(why), ..Refused::default() };
    profile::page(site, me, StatusCode::UNPROCESSABLE_ENTITY, profile::Asked::default(), refused).await
}

async fn wait_first(site: &Data<Site>, me: CurrentUser, wait: chrono::Duration) -> Result<Page, Error> {
    let retry_after = wait.to_std().unwrap_or_default();
    let why = Error::TooMany { retry_after }.to_string();
    let refused = Refused { password_error: Some(why), ..Refused::default() };
    let page = profile::page(site, me, StatusCode::TOO_MANY_REQUESTS, profile::Asked::default(), refused).await?;
    Ok(page.header(RETRY_AFTER, retry_after.as_secs().max(1).into()))
}
