use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use crate::services;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;
use crate::web::view::{ProfilePage, Section};

#[derive(Deserialize)]
pub struct Profile {
    name: String,
}

/// `GET /settings/profile`.
pub async fn show(site: Data<Site>, me: CurrentUser) -> Result<Page, Error> {
    let name = me.name.clone();
    Ok(Page::whole(StatusCode::OK, page(&site, me, name, None).await?))
}

/// `POST /settings/profile`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(Profile { name })): InTurn<CurrentUser, Form<Profile>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (user, wanted) = (me.id, name.clone());
    match site.try_write(move |tx| services::rename(tx, user, &wanted)).await? {
        Ok(()) => Ok(Either::Right(see_other("/settings/profile"))),
        Err(services::Error::Invalid(why)) => {
            let page = page(&site, me, name, Some(why)).await?;
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(site: &Data<Site>, me: CurrentUser, name: String, error: Option<String>) -> Result<ProfilePage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let shell = shared.shell(c, &me, Section::Settings)?;
        Ok(ProfilePage { shell, name, email: me.user.email, error })
    });
    page.await
}
