use actix_web::web::{Data, Path, ServiceConfig, get, post, resource};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use crate::domain::{PositionId, Shift};
use crate::services::{self, Done, positions};
use crate::store::positions as store;
use crate::web::current_user::CompanyAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{PositionRow, PositionsPage};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/positions").route(get().to(index)).route(post().to(create)))
        .service(resource("/settings/positions/{id}").route(post().to(update)))
        .service(resource("/settings/positions/{id}/move").route(post().to(shift)))
        .service(resource("/settings/positions/{id}/removal").route(post().to(remove)));
}

#[derive(Deserialize)]
pub struct Named {
    name: String,
}

#[derive(Deserialize)]
pub struct Moved {
    direction: Shift,
}

#[derive(Deserialize)]
pub struct Removed {
    #[serde(default)]
    also_remove_holders: String,
}

/// What was tried and refused; the page shows it again.
enum Tried {
    Nothing,
    Adding(String),
    Renaming(PositionId, String),
    Removing(PositionId),
}

type Answer = Result<Either<Page, HttpResponse>, Error>;

/// `GET /settings/positions`.
pub async fn index(site: Data<Site>, me: CompanyAdmin) -> Result<Page, Error> {
    Ok(Page::ok(page(&site, me, Tried::Nothing, None).await?))
}

/// `POST /settings/positions`.
pub async fn create(site: Data<Site>, InTurn(me, Form(new)): InTurn<CompanyAdmin, Form<Named>>) -> Answer {
    let (by, now, name) = (me.by(), site.now(), new.name.clone());
    let done = site.try_write(move |tx| positions::add(tx, &by, &name, now).map(drop)).await?;
    settle(&site, me, done, Tried::Adding(new.name)).await
}

/// `POST /settings/positions/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(new)): InTurn<CompanyAdmin, Form<Named>>,
    id: Path<PositionId>,
) -> Answer {
    let (by, now, id, name) = (me.by(), site.now(), *id, new.name.clone());
    let done = site.try_write(move |tx| positions::rename(tx, &by, id, &name, now)).await?;
    settle(&site, me, done, Tried::Renaming(id, new.name)).await
}

/// `POST /settings/positions/{id}/move`.
pub async fn shift(
    site: Data<Site>,
    InTurn(me, Form(Moved { direction })): InTurn<CompanyAdmin, Form<Moved>>,
    id: Path<PositionId>,
) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| positions::shift(tx, &by, id, direction, now)).await?;
    Ok(see_other("/settings/positions"))
}

/// `POST /settings/positions/{id}/removal`.
pub async fn remove(
    site: Data<Site>,
    InTurn(me, Form(asked)): InTurn<CompanyAdmin, Form<Removed>>,
    id: Path<PositionId>,
) -> Answer {
    let (by, now, id, also) = (me.by(), site.now(), *id, asked.also_remove_holders == "yes");
    let done = site.try_write(move |tx| positions::remove(tx, &by, id, also, now)).await?;
    settle(&site, me, done, Tried::Removing(id)).await
}

async fn settle(site: &Data<Site>, me: CompanyAdmin, done: Done<()>, tried: Tried) -> Answer {
    match done {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/positions", Said::PositionsSaved))),
        Err(services::Error::Invalid(why)) => {
            Ok(Either::Left(Page::unprocessable(page(site, me, tried, Some(why)).await?)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    site: &Data<Site>,
    me: CompanyAdmin,
    tried: Tried,
    error: Option<String>,
) -> Result<PositionsPage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let (all, leaving) = (store::all(c)?, positions::leaving(c)?);
        let count = all.len();
        let row = |(place, position): (usize, store::Position)| PositionRow {
            id: position.id,
            name: position.name,
            typed: match &tried {
                Tried::Renaming(id, name) if *id == position.id => Some(name.clone()),
                _ => None,
            },
            asks: matches!(&tried, Tried::Removing(id) if *id == position.id),
            leaving: leaving.contains(&position.id),
            first: place == 0,
            last: place + 1 == count,
        };
        Ok(PositionsPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            positions: all.into_iter().enumerate().map(row).collect(),
            new_name: if let Tried::Adding(name) = &tried { name.clone() } else { String::new() },
            error,
        })
    });
    page.await
}
