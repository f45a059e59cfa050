use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::signed_in_browsers::browsers;
use crate::domain::SessionId;
use crate::services;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::ProfilePage;

#[derive(Deserialize)]
pub struct Profile {
    name: String,
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Of the signed-in browsers, those older than this one.
    before: Option<String>,
}

/// What was sent and refused, to be shown again.
#[derive(Debug, Default)]
pub struct Refused {
    pub name: Option<String>,
    pub error: Option<String>,
    pub password_error: Option<String>,
}

/// `GET /settings/profile`.
pub async fn show(site: Data<Site>, me: CurrentUser, asked: Query<Asked>) -> Result<Page, Error> {
    page(&site, me, StatusCode::OK, asked.into_inner(), Refused::default()).await
}

/// `POST /settings/profile`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(Profile { name })): InTurn<CurrentUser, Form<Profile>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (user, wanted) = (me.id, name.clone());
    match site.try_write(move |tx| services::rename(tx, user, &wanted)).await? {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/profile", Said::ProfileSaved))),
        Err(services::Error::Invalid(why)) => {
            let refused = Refused { name: Some(name), error: Some(why), password_error: None };
            let page = page(&site, me, StatusCode::UNPROCESSABLE_ENTITY, Asked::default(), refused).await?;
            Ok(Either::Left(page))
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn page(
    site: &Data<Site>,
    me: CurrentUser,
    status: StatusCode,
    asked: Asked,
    refused: Refused,
) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let before: Option<SessionId> = asked.before.as_deref().and_then(|id| id.parse().ok());
        let (browsers, next) = browsers(c, &me, before, shared.now())?;
        Ok(ProfilePage {
            shell: shared.shell(c, &me, Section::Settings)?,
            has_others: before.is_some() || browsers.iter().any(|browser| !browser.is_this),
            browsers,
            next: next.map(|last| format!("/settings/profile?before={last}")),
            name: refused.name.unwrap_or_else(|| me.name.clone()),
            email: me.user.email,
            error: refused.error,
            password_error: refused.password_error,
        })
    });
    Ok(Page::whole(status, page.await?))
}
