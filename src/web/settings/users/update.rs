use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::show;
use crate::domain::{RoleId, UserId};
use crate::services::hand_over::HandOver;
use crate::services::{self, Change};
use crate::store::users;
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;

/// What is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Posted {
    role_id: Option<String>,
    active: Option<String>,
    pub hand_over: Option<String>,
    pub hand_over_to: Option<String>,
}

impl Posted {
    pub fn role_id(&self) -> Option<RoleId> {
        self.role_id.as_deref()?.parse().ok()
    }

    fn change(&self) -> Result<Change, &'static str> {
        let role_id = self.role_id.as_deref().map(|id| id.parse().map_err(|_| "Choose a role.")).transpose()?;
        let active = match self.active.as_deref() {
            None => None,
            Some("yes") => Some(true),
            Some("no") => Some(false),
            Some(_) => return Err("Choose whether they are active."),
        };
        let hand_over = match self.hand_over.as_deref() {
            None | Some("leave") => HandOver::Leave,
            Some("remove") => HandOver::Remove,
            Some("to") => {
                let to = self.hand_over_to.as_deref().and_then(|id| id.parse().ok());
                HandOver::To(to.ok_or("Choose who gets what they hold.")?)
            }
            Some(_) => return Err("Choose what becomes of what they hold."),
        };
        Ok(Change { role_id, active, hand_over })
    }
}

/// `POST /settings/users/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(posted)): InTurn<UserAdmin, Form<Posted>>,
    id: Path<UserId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    let done = match posted.change() {
        Ok(change) => site.try_write(move |tx| services::change_user(tx, &by, id, &change, now)).await?,
        Err(why) => Err(services::Error::Invalid(why.to_owned())),
    };
    match done {
        Ok(()) => Ok(Either::Right(see_other(&way_back(&site, me.id, id).await?))),
        Err(services::Error::Invalid(why)) => {
            let page = show::page(&site, me, id, StatusCode::UNPROCESSABLE_ENTITY, posted, Some(why));
            Ok(Either::Left(page.await?))
        }
        Err(other) => Err(other.into()),
    }
}

/// To the page of that user; to the start for who took the right to see it from themselves.
async fn way_back(site: &Site, me: UserId, id: UserId) -> Result<String, Error> {
    let me = site.read(move |c| Ok(users::find(c, me)?)).await?;
    let still_admin = me.is_some_and(|me| me.may.manage_users);
    Ok(if still_admin { format!("/settings/users/{id}") } else { "/".to_owned() })
}
