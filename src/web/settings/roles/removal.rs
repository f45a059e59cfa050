use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::editor::holders;
use super::preview::with_permissions;
use crate::domain::{BuiltInRole, RoleId};
use crate::services::{self, administrable, check_removal, preview_change};
use crate::store::users::User;
use crate::store::{DbConnection, roles};
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::said::{Said, see_other_saying};
use crate::web::settings::consequences::for_everybody;
use crate::web::settings::foreseeing::foreseen;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{Moved, RoleRemovalPage};

#[derive(Clone, Default, Deserialize)]
pub struct Target {
    #[serde(default)]
    move_to: String,
}

impl Target {
    fn role(&self) -> Option<RoleId> {
        // What is no number is no role
        (!self.move_to.is_empty()).then(|| self.move_to.parse().unwrap_or(0))
    }
}

/// `GET /settings/roles/{id}/removal`: who would move; with `move_to`, what that would do.
pub async fn show(site: Data<Site>, me: UserAdmin, id: Path<RoleId>, target: Query<Target>) -> Result<Page, Error> {
    let (id, by, now, move_to) = (*id, me.by(), site.now(), target.role());
    let shared = site.clone();
    let (status, page) = site
        .read(move |c| {
            let stays = roles::find(c, id)?.is_some_and(|role| role.built_in == Some(BuiltInRole::Owner));
            match check_removal(c, &by, id, move_to, now) {
                Err(services::Error::Invalid(why)) if stays || move_to.is_some() => {
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shared, c, &me, id, move_to, Some(why))?))
                }
                // No role is chosen yet: that is what the page is for
                Ok(_) | Err(services::Error::Invalid(_)) => {
                    Ok((StatusCode::OK, page(&shared, c, &me, id, move_to, None)?))
                }
                Err(refused) => Err(refused.into()),
            }
        })
        .await?;
    Ok(Page::whole(status, page))
}

/// `POST /settings/roles/{id}/removal`.
pub async fn remove(
    site: Data<Site>,
    InTurn(me, Form(target)): InTurn<UserAdmin, Form<Target>>,
    id: Path<RoleId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, by, now, move_to) = (*id, me.by(), site.now(), target.role());
    match site.try_write(move |tx| services::remove_role(tx, &by, id, move_to, now)).await? {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/roles", Said::RoleDeleted))),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| page(&shared, c, &me, id, move_to, Some(why)));
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page.await?)))
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: RoleId,
    move_to: Option<RoleId>,
    error: Option<String>,
) -> Result<RoleRemovalPage, Error> {
    let role = roles::find(connection, id)?.ok_or(Error::NotFound)?;
    let others: Vec<_> = roles::all(connection)?
        .into_iter()
        .filter(|other| other.id != id && administrable(me, &other.may).is_ok())
        .collect();
    let moved = match others.iter().find(|other| Some(other.id) == move_to) {
        None => None,
        Some(target) => {
            let changed = with_permissions(connection, id, &target.may)?;
            let future = preview_change(connection, &changed)?;
            Some(Moved {
                to: target.name.clone(),
                everybody: for_everybody(site, connection, me, (&role.may, &target.may))?,
                foreseen: foreseen(me, &changed.keys().copied().collect(), &future),
            })
        }
    };
    Ok(RoleRemovalPage {
        shell: site.shell(connection, me, Section::Settings)?,
        id,
        title: role.name,
        holders: holders(connection, id, site.now())?,
        targets: others.into_iter().map(|other| (other.id, other.name)).collect(),
        move_to,
        moved,
        error,
    })
}
