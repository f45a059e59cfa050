use actix_web::web::{Data, Path, ServiceConfig, get, post, resource};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use crate::domain::{LeadStatusId, Shift};
use crate::services::lead_statuses::{self, LeadStatusChange};
use crate::services::{self, Done};
use crate::store::lead_statuses as store;
use crate::web::current_user::CompanyAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{LeadStatusFields, LeadStatusRow, LeadStatusesPage};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/lead-statuses").route(get().to(index)).route(post().to(create)))
        .service(resource("/settings/lead-statuses/{id}").route(post().to(update)))
        .service(resource("/settings/lead-statuses/{id}/move").route(post().to(shift)))
        .service(resource("/settings/lead-statuses/{id}/removal").route(post().to(remove)));
}

/// What is absent stays as it is.
#[derive(Deserialize, Clone, Default)]
pub struct Filled {
    name: Option<String>,
    colour: Option<String>,
    lost: Option<String>,
}

#[derive(Deserialize)]
pub struct Moved {
    direction: Shift,
}

#[derive(Deserialize)]
pub struct Removed {
    move_to: Option<String>,
}

/// What was tried and refused; the page shows it again.
enum Tried {
    Nothing,
    Adding(Filled),
    Changing(LeadStatusId, Filled),
    Removing(LeadStatusId),
}

type Answer = Result<Either<Page, HttpResponse>, Error>;

/// `GET /settings/lead-statuses`.
pub async fn index(site: Data<Site>, me: CompanyAdmin) -> Result<Page, Error> {
    Ok(Page::ok(page(&site, me, Tried::Nothing, None).await?))
}

/// `POST /settings/lead-statuses`.
pub async fn create(site: Data<Site>, InTurn(me, Form(new)): InTurn<CompanyAdmin, Form<Filled>>) -> Answer {
    let (by, now, wanted) = (me.by(), site.now(), change(&new));
    let done = match wanted {
        Ok(wanted) => site.try_write(move |tx| lead_statuses::add(tx, &by, &wanted, now).map(drop)).await?,
        Err(why) => Err(why),
    };
    settle(&site, me, done, Tried::Adding(new)).await
}

/// `POST /settings/lead-statuses/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(new)): InTurn<CompanyAdmin, Form<Filled>>,
    id: Path<LeadStatusId>,
) -> Answer {
    let (by, now, id, wanted) = (me.by(), site.now(), *id, change(&new));
    let done = match wanted {
        Ok(wanted) => site.try_write(move |tx| lead_statuses::update(tx, &by, id, &wanted, now)).await?,
        Err(why) => Err(why),
    };
    settle(&site, me, done, Tried::Changing(id, new)).await
}

/// `POST /settings/lead-statuses/{id}/move`.
pub async fn shift(
    site: Data<Site>,
    InTurn(me, Form(Moved { direction })): InTurn<CompanyAdmin, Form<Moved>>,
    id: Path<LeadStatusId>,
) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| lead_statuses::shift(tx, &by, id, direction, now)).await?;
    Ok(see_other("/settings/lead-statuses"))
}

/// `POST /settings/lead-statuses/{id}/removal`.
pub async fn remove(
    site: Data<Site>,
    InTurn(me, Form(asked)): InTurn<CompanyAdmin, Form<Removed>>,
    id: Path<LeadStatusId>,
) -> Answer {
    let (by, now, id) = (me.by(), site.now(), *id);
    // Whatever is no id is none of the others
    let heir = asked.move_to.filter(|heir| !heir.is_empty()).map(|heir| heir.parse().unwrap_or_default());
    let done = site.try_write(move |tx| lead_statuses::remove(tx, &by, id, heir, now)).await?;
    settle(&site, me, done, Tried::Removing(id)).await
}

async fn settle(site: &Data<Site>, me: CompanyAdmin, done: Done<()>, tried: Tried) -> Answer {
    match done {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/lead-statuses", Said::LeadStatusesSaved))),
        Err(services::Error::Invalid(why)) => {
            Ok(Either::Left(Page::unprocessable(page(site, me, tried, Some(why)).await?)))
        }
        Err(other) => Err(other.into()),
    }
}

fn change(filled: &Filled) -> Done<LeadStatusChange> {
    let invalid = |why: &str| services::Error::Invalid(why.to_owned());
    let colour = filled.colour.as_deref().map(str::parse).transpose();
    let lost = match filled.lost.as_deref() {
        None => None,
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some(_) => return Err(invalid("Choose whether the lead is lost then.")),
    };
    let colour = colour.map_err(|_| invalid("Choose a colour from the list."))?;
    Ok(LeadStatusChange { name: filled.name.clone(), colour, lost })
}

async fn page(
    site: &Data<Site>,
    me: CompanyAdmin,
    tried: Tried,
    error: Option<String>,
) -> Result<LeadStatusesPage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let (all, leaving) = (store::all(c)?, lead_statuses::leaving(c)?);
        let heirs_of = |id: LeadStatusId| {
            let others = all.iter().filter(|other| other.id != id && !leaving.contains(&other.id));
            others.map(|other| (other.id, other.name.clone())).collect::<Vec<_>>()
        };
        let row = |(place, status): (usize, &store::LeadStatus)| {
            let typed = match &tried {
                Tried::Changing(id, typed) if *id == status.id => Some(typed.clone()),
                _ => None,
            };
            let asks = matches!(&tried, Tried::Removing(id) if *id == status.id);
            LeadStatusRow {
                id: status.id,
                name: status.name.clone(),
                colour: status.colour.clone(),
                lost: status.lost,
                open: typed.is_some() || asks,
                fields: fields(typed.unwrap_or_default(), status),
                heirs: asks.then(|| heirs_of(status.id)).filter(|heirs| !heirs.is_empty()),
                leaving: leaving.contains(&status.id),
                first: place == 0,
                last: place + 1 == all.len(),
            }
        };
        let new = if let Tried::Adding(typed) = &tried { typed.clone() } else { Filled::default() };
        Ok(LeadStatusesPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            statuses: all.iter().enumerate().map(row).collect(),
            new: LeadStatusFields {
                name: new.name.unwrap_or_default(),
                colour: new.colour.unwrap_or_else(|| "blue".to_owned()),
                lost: new.lost.as_deref() == Some("yes"),
            },
            error,
        })
    });
    page.await
}

/// As stored, with what was just filled in on top.
fn fields(typed: Filled, stored: &store::LeadStatus) -> LeadStatusFields {
    LeadStatusFields {
        name: typed.name.unwrap_or_else(|| stored.name.clone()),
        colour: typed.colour.unwrap_or_else(|| stored.colour.clone()),
        lost: typed.lost.map_or(stored.lost, |lost| lost == "yes"),
    }
}
