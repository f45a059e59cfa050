use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::preview::preview;
use super::show;
use crate::domain::{RoleId, UserId};
use crate::services::hand_over::HandOver;
use crate::services::{self, Change};
use crate::store::users;
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;

/// What is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Posted {
    role_id: Option<String>,
    active: Option<String>,
    pub hand_over: Option<String>,
    pub hand_over_to: Option<String>,
    preview: Option<String>,
    edit: Option<String>,
}

impl Posted {
    pub fn role_id(&self) -> Option<RoleId> {
        self.role_id.as_deref()?.parse().ok()
    }

    /// The buttons "Preview" of the page.
    fn previews(&self) -> bool {
        self.preview.as_deref() == Some("yes")
    }

    /// The button "Back to editing" of the preview.
    fn edits_on(&self) -> bool {
        self.edit.as_deref() == Some("yes")
    }

    /// Everything that saving needs: field and value.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let fields = [
            ("role_id", &self.role_id),
            ("active", &self.active),
            ("hand_over", &self.hand_over),
            ("hand_over_to", &self.hand_over_to),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value.clone()?))).collect()
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

/// `POST /settings/users/{id}`: saves; with `preview=yes` says what that would do; with `edit=yes` leads back with what
/// was chosen.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(posted)): InTurn<UserAdmin, Form<Posted>>,
    id: Path<UserId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    if posted.edits_on() {
        return Ok(Either::Left(show::page(&site, me, id, StatusCode::OK, posted, None).await?));
    }
    let refused = match posted.change() {
        Err(why) => services::Error::Invalid(why.to_owned()),
        Ok(change) if posted.previews() => {
            let (shared, fields) = (site.clone(), posted.fields());
            match site.read(move |c| preview(&shared, c, &by, id, &change, fields)).await? {
                Ok(page) => return Ok(Either::Left(Page::whole(StatusCode::OK, page))),
                Err(refused) => refused,
            }
        }
        Ok(change) => match site.try_write(move |tx| services::change_user(tx, &by, id, &change, now)).await? {
            Ok(()) => return Ok(Either::Right(see_other_saying(&way_back(&site, me.id, id).await?, Said::UserSaved))),
            Err(refused) => refused,
        },
    };
    match refused {
        services::Error::Invalid(why) => {
            let page = show::page(&site, me, id, StatusCode::UNPROCESSABLE_ENTITY, posted, Some(why));
            Ok(Either::Left(page.await?))
        }
        other => Err(other.into()),
    }
}

/// To the page of that user; to the start for who took the right to see it from themselves.
async fn way_back(site: &Site, me: UserId, id: UserId) -> Result<String, Error> {
    let me = site.read(move |c| Ok(users::find(c, me)?)).await?;
    let still_admin = me.is_some_and(|me| me.may.manage_users);
    Ok(if still_admin { format!("/settings/users/{id}") } else { "/".to_owned() })
}
