use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use crate::domain::RoleId;
use crate::services::{self, NewRole, administrable};
use crate::store::users::User;
use crate::store::{DbConnection, roles};
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::said::{Said, see_other_saying};
use crate::web::settings::counts;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{RoleRow, RolesPage, in_short};

const ROWS: usize = 30;
/// People are counted until here, all roles of a page together.
const COUNTED: i64 = 10_000;

#[derive(Default, Deserialize)]
pub struct Asked {
    after: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    name: String,
    /// Empty: from nothing.
    #[serde(default)]
    copy_of: String,
}

/// `GET /settings/roles`.
pub async fn index(site: Data<Site>, me: UserAdmin, asked: Query<Asked>) -> Result<Page, Error> {
    let after = asked.after.as_deref().and_then(|id| id.parse().ok()).unwrap_or(0);
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, after, Wanted::default(), None));
    Ok(Page::whole(StatusCode::OK, page.await?))
}

/// `POST /settings/roles`.
pub async fn create(
    site: Data<Site>,
    InTurn(me, Form(wanted)): InTurn<UserAdmin, Form<Wanted>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (by, now, new) = (me.by(), site.now(), wanted.clone());
    let created = site.try_write(move |tx| {
        let copy_of = match new.copy_of.as_str() {
            "" => None,
            // What is no number is no role
            id => Some(id.parse().unwrap_or(0)),
        };
        services::create_role(tx, &by, &NewRole { name: &new.name, copy_of }, now)
    });
    match created.await? {
        Ok(id) => Ok(Either::Right(see_other_saying(&format!("/settings/roles/{id}"), Said::RoleCreated))),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| page(&shared, c, &me, 0, wanted, Some(why)));
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page.await?)))
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    after: RoleId,
    wanted: Wanted,
    error: Option<String>,
) -> Result<RolesPage, Error> {
    let mut found = roles::page(connection, after, ROWS as i64 + 1)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let ids: Vec<RoleId> = found.iter().map(|role| role.id).collect();
    let held = roles::held(connection, &ids, COUNTED)?;
    let rows = found.iter().map(|role| RoleRow {
        id: role.id,
        name: role.name.clone(),
        built_in: role.built_in.is_some(),
        permits: in_short(&role.may),
        people: counts::people(held.iter().filter(|id| **id == role.id).count()),
    });
    let copies = roles::all(connection)?.into_iter().filter(|role| administrable(me, &role.may).is_ok());
    Ok(RolesPage {
        shell: site.shell(connection, me, Section::Settings)?,
        rows: rows.collect(),
        next: ids.last().filter(|_| more).map(|last| format!("/settings/roles?after={last}")),
        name: wanted.name,
        copy_of: wanted.copy_of.parse().ok(),
        copies: copies.map(|role| (role.id, role.name)).collect(),
        error,
    })
}
