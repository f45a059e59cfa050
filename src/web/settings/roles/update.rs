use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};

use super::editor::editor;
use super::form::Sent;
use super::preview::preview;
use crate::domain::RoleId;
use crate::services;
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;

/// `GET /settings/roles/{id}`.
pub async fn show(site: Data<Site>, me: UserAdmin, id: Path<RoleId>) -> Result<Page, Error> {
    edit(&site, me, *id, Sent::default(), None).await
}

/// `POST /settings/roles/{id}`: the preview; with `confirm=yes` saves; with `edit=yes` leads back with what was chosen.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(fields)): InTurn<UserAdmin, Form<BTreeMap<String, String>>>,
    id: Path<RoleId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, sent, by, now) = (*id, Sent::new(fields), me.by(), site.now());
    let change = sent.change();
    if sent.edits_on() {
        return Ok(Either::Left(edit(&site, me, id, sent, None).await?));
    }
    let refused = if sent.confirms() {
        match site.try_write(move |tx| services::update_role(tx, &by, id, &change, now)).await? {
            Ok(()) => return Ok(Either::Right(see_other_saying(&format!("/settings/roles/{id}"), Said::RoleSaved))),
            Err(refused) => refused,
        }
    } else {
        let shared = site.clone();
        match site.read(move |c| preview(&shared, c, &by, id, &change)).await? {
            Ok(page) => return Ok(Either::Left(Page::whole(StatusCode::OK, page))),
            Err(refused) => refused,
        }
    };
    match refused {
        services::Error::Invalid(why) => Ok(Either::Left(edit(&site, me, id, sent, Some(why)).await?)),
        other => Err(other.into()),
    }
}

async fn edit(site: &Data<Site>, me: UserAdmin, id: RoleId, sent: Sent, error: Option<String>) -> Result<Page, Error> {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shared = site.clone();
    Ok(Page::whole(status, site.read(move |c| editor(&shared, c, &me, id, &sent, error)).await?))
}
