use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::Deed;
use super::page::{Place, Refused, page};
use crate::assignment_policy::{may_note_consent, sees_on_dashboard};
use crate::domain::ConversationId;
use crate::services::{self, facts, facts::staff_member, push_text};
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    before: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Noted {
    deed: Deed,
    #[serde(default)]
    note: String,
}

/// `GET /conversations/{id}/consent`.
pub async fn show(
    site: Data<Site>,
    me: DashboardUser,
    id: Path<ConversationId>,
    asked: Query<Asked>,
) -> Result<Page, Error> {
    let (shared, id, now) = (site.clone(), *id, site.now());
    let before = asked.before.as_deref().and_then(|before| before.parse().ok());
    let page = site.read(move |c| {
        let place = place(&shared, c, &me, id)?;
        Ok(page(c, place, before, Refused::default(), now)?)
    });
    Ok(Page::ok(page.await?))
}

/// `POST /conversations/{id}/consent`.
pub async fn create(
    site: Data<Site>,
    InTurn(DashboardUser(me), Form(noted)): InTurn<DashboardUser, Form<Noted>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, by, asked) = (*id, site.now(), me.by(), noted.clone());
    let done = site
        .try_write(move |tx| services::note_consent_of_conversation(tx, &by, id, asked.deed.into(), &asked.note, now));
    match done.await? {
        Ok(()) => Ok(see_other(&address(id))),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| {
                let place = place(&shared, c, &me, id)?;
                Ok(page(c, place, None, Refused { note: noted.note, error: Some(why) }, now)?)
            });
            Ok(Page::unprocessable(page.await?).respond_to(&request))
        }
        Err(other) => Err(other.into()),
    }
}

fn address(id: ConversationId) -> String {
    format!("/conversations/{id}/consent")
}

fn place(site: &Site, connection: &mut DbConnection, me: &User, id: ConversationId) -> Result<Place, Error> {
    let known = facts::conversation(connection, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(me);
    if !sees_on_dashboard(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    Ok(Place {
        shell: site.shell(connection, me, Section::Conversations)?,
        title: push_text::title(connection, id, &known.row.phone)?,
        back: format!("/conversations/{id}"),
        action: address(id),
        address: address(id),
        may_note: may_note_consent(&person, &known.facts),
        phone: known.row.phone,
    })
}
