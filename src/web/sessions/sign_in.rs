use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::Data;
use actix_web::{Either, HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{begin, password_work};
use crate::domain::UserId;
use crate::services::{self, MayTry};
use crate::store::users;
use crate::web::client_address::ClientAddress;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::page::{Page, same_site_path, see_other};
use crate::web::query::Query;
use crate::web::session_store::signed_in;
use crate::web::site::Site;
use crate::web::view::SignInPage;

/// Unknown, inactive or wrong: the same words, so that nobody learns which addresses exist.
const WRONG: &str = "This e-mail address and password do not belong together. Check both and try again.";

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`; to the set-up while nobody is here.
pub async fn show(
    site: Data<Site>,
    user: Option<CurrentUser>,
    asked: Query<Asked>,
) -> Result<Either<Page, HttpResponse>, Error> {
    if user.is_some() {
        return Ok(Either::Right(see_other("/")));
    }
    if !site.read(|c| Ok(users::any(c)?)).await? {
        return Ok(Either::Right(see_other("/setup")));
    }
    let page = page(&site, String::new(), &asked.next, None).await?;
    Ok(Either::Left(Page::whole(StatusCode::OK, page)))
}

/// `POST /sign-in`.
pub async fn create(
    site: Data<Site>,
    session: Session,
    request: HttpRequest,
    address: ClientAddress,
    Form(form): Form<Credentials>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let before = signed_in(&session)?;
    let Credentials { email, password, next } = form;
    let (account, address) = (users::account(&email), address.household());
    let known = match attempt(&site, &account, &address).await? {
        Ok(known) => known,
        Err(wait) => return refuse(&site, email, &next, wait).await.map(Either::Left),
    };
    let hash = known.as_ref().map(|(_, hash, _)| hash.clone());
    let verified = password_work::verify(password, hash).await?;
    let Some((user, ..)) = known.filter(|(_, _, active)| verified && *active) else {
        let page = page(&site, email, &next, Some(WRONG.to_owned())).await?;
        return Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page)));
    };
    let now = site.now();
    site.write(move |tx| services::note_success(tx, user, &account, &address, now)).await?;
    begin(&session, &request, user)?;
    if let Some((_, before)) = before {
        site.hub.end_session(before);
    }
    Ok(Either::Right(see_other(same_site_path(&next).unwrap_or("/"))))
}

type Known = Option<(UserId, String, bool)>;

/// Whose account it is, or how long to wait. Counts as a failure from now on; a success forgives it.
async fn attempt(site: &Site, account: &str, address: &str) -> Result<Result<Known, chrono::Duration>, Error> {
    let (account, address, now) = (account.to_owned(), address.to_owned(), site.now());
    let tried = site.write(move |tx| match services::may_try(tx, &account, &address, now)? {
        MayTry::After(wait) => Ok(Err(wait)),
        MayTry::Yes => {
            services::note_failure(tx, &account, &address, now)?;
            Ok(Ok(users::credentials(tx, &account)?))
        }
    });
    tried.await
}

async fn refuse(site: &Data<Site>, email: String, next: &str, wait: chrono::Duration) -> Result<Page, Error> {
    let retry_after = wait.to_std().unwrap_or_default();
    let sentence = Error::TooMany { retry_after }.to_string();
    let page = page(site, email, next, Some(sentence)).await?;
    let seconds = retry_after.as_secs().max(1).into();
    Ok(Page::whole(StatusCode::TOO_MANY_REQUESTS, page).header(RETRY_AFTER, seconds))
}

async fn page(site: &Data<Site>, email: String, next: &str, error: Option<String>) -> Result<SignInPage, Error> {
    let shared = site.clone();
    let bare = site.read(move |c| Ok(shared.bare(c)?)).await?;
    let next = same_site_path(next).unwrap_or_default().to_owned();
    Ok(SignInPage { bare, email, next, error })
}
