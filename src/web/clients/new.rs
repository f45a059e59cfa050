use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::edit::LONGEST_FORM;
use super::form::form;
use super::resembling::{asks, ids_shown, not_shown, resembling};
use super::typed::{self, Typed, written};
use crate::assignment_policy::{ClientRecord, may_create_client, sees_on_dashboard};
use crate::domain::{ClientId, ClientScope, ConversationId, PhoneNumber};
use crate::services::facts::{self, staff_member};
use crate::services::{self, By, ClientDetails, Done, Error as Refused};
use crate::store::client_list::Likeness;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, Writer, lead_statuses, positions};
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::query::Query;
use crate::web::site::{Site, zone};
use crate::web::view::clients::{ClientFormPage, Resembling};
use crate::web::view::{Section, zone_groups};

/// What a new record begins with: an unknown caller's phone, and their thread to go back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    phone: String,
    conversation: String,
}

/// `GET /clients/new`.
pub async fn new(site: Data<Site>, me: ClientReader, given: Query<Given>) -> Result<Page, Error> {
    let mut typed = Typed::default();
    // A plus that was not encoded has become a blank on its way
    let phone = if given.phone.starts_with(' ') { given.phone.replacen(' ', "+", 1) } else { given.phone.clone() };
    let mut wanted = Likeness::default();
    if let Ok(phone) = PhoneNumber::parse(&phone, typed::REGION) {
        typed.set("phone_1", &written(phone.as_str()));
        wanted.phones.push(phone.as_str().to_owned());
    }
    typed.set("conversation", &given.conversation);
    let user = me.user.clone();
    let known = site.read(move |c| Ok(resembling(c, &user, &wanted, None)?)).await?;
    page(&site, me.0.user, StatusCode::OK, typed, known, None).await
}

/// `POST /clients`. From the form (`check=yes`) people who may be the same one are shown first, each once.
pub async fn create(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(typed)): InTurn<ClientReader, Form<Typed, LONGEST_FORM>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let known = if asks(&typed) { known(&site, me.user.clone(), typed.clone()).await? } else { Vec::new() };
    if !known.is_empty() {
        return Ok(Either::Left(page(&site, me.user, StatusCode::OK, typed, known, None).await?));
    }
    let (now, by, wanted) = (site.now(), me.by(), typed.clone());
    let done = site.try_write(move |tx| {
        let details = typed::details(&wanted, &nothing(tx, &by.user)?, zone(tx)?)?;
        let id = services::create_client(tx, &by, &details, now)?;
        if let Some(conversation) = wanted.number("conversation") {
            link(tx, &by, conversation, id, now)?;
        }
        Ok(id)
    });
    match done.await? {
        Ok(id) => {
            let conversation = typed.number("conversation");
            Ok(Either::Right(see_other(&way_on(&site, me.user, id, conversation).await?)))
        }
        Err(Refused::Invalid(why)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(Either::Left(page(&site, me.user, status, typed, Vec::new(), Some(why)).await?))
        }
        Err(other) => Err(other.into()),
    }
}

/// The thread that the client came from is theirs, also where their phone says nothing: a short code, another phone.
/// Who may not link it has entered the client all the same.
fn link(tx: &mut Writer<'_>, by: &By, from: ConversationId, client: ClientId, now: NaiveDateTime) -> Done<()> {
    match services::link_client(tx, by, from, client, now) {
        Err(Refused::NotFound | Refused::Forbidden(_)) => Ok(()),
        done => done,
    }
}

/// Those who may be the same person and were not shown yet. Who may not enter this client is told so first.
async fn known(site: &Data<Site>, me: User, typed: Typed) -> Result<Vec<Resembling>, Error> {
    site.read(move |c| {
        let nothing = nothing(c, &me)?;
        let Ok(details) = typed::details(&typed, &nothing, zone(c)?) else { return Ok(Vec::new()) };
        let wanted = ClientRecord { id: 0, holders: details.holders.values().copied().collect() };
        if !may_create_client(&staff_member(&me), &wanted) {
            return Ok(Vec::new());
        }
        Ok(not_shown(c, &me, &typed, None, &nothing, &details)?)
    })
    .await
}

async fn page(
    site: &Data<Site>,
    me: User,
    status: StatusCode,
    typed: Typed,
    resembling: Vec<Resembling>,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let holding = ClientRecord { id: 0, holders: vec![me.id] };
        if !may_create_client(&staff_member(&me), &holding) {
            return Err(Error::Forbidden("Your role may not enter new clients.".to_owned()));
        }
        let stored = blank(c, &me)?;
        let form = form(c, &stored, &typed)?;
        Ok(ClientFormPage {
            shell: shared.shell(c, &me, Section::Clients)?,
            time_zones: zone_groups(&form.company_zone, &form.time_zone),
            form,
            client: None,
            shown: ids_shown(&typed, &resembling),
            resembling,
            conversation: typed.number("conversation"),
            error,
        })
    });
    Ok(Page::whole(status, page.await?))
}

/// A record before anything is entered. Who sees only their own takes the first position.
fn blank(connection: &mut DbConnection, me: &User) -> Stored<ClientDetails> {
    let mut details = ClientDetails::default();
    details.fields.lead_status_id = lead_statuses::all(connection)?.first().map_or(0, |status| status.id);
    if me.may.client_scope == ClientScope::Assigned
        && let Some(first) = positions::all(connection)?.first()
    {
        details.holders.insert(first.id, me.id);
    }
    Ok(details)
}

/// What a form that says nothing enters: nobody holds a position.
fn nothing(connection: &mut DbConnection, me: &User) -> Stored<ClientDetails> {
    Ok(ClientDetails { holders: Default::default(), ..blank(connection, me)? })
}

/// Back to the thread that the client came from, if they see it; else to the record.
async fn way_on(site: &Data<Site>, me: User, id: ClientId, from: Option<ConversationId>) -> Result<String, Error> {
    site.read(move |c| {
        let known = match from {
            Some(conversation) => facts::conversation(c, conversation)?,
            None => None,
        };
        let back = known.filter(|known| sees_on_dashboard(&staff_member(&me), &known.facts));
        Ok(match back {
            Some(known) => format!("/conversations/{}", known.row.id),
            None => format!("/clients/{id}"),
        })
    })
    .await
}
