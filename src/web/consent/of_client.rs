use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::Deed;
use super::page::{Place, Refused, page};
use crate::assignment_policy::may_edit_client;
use crate::domain::ClientId;
use crate::services::{self, facts::staff_member};
use crate::store::users::User;
use crate::store::{DbConnection, client_phones};
use crate::web::clients::record;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    phone: String,
    before: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Noted {
    phone: String,
    deed: Deed,
    #[serde(default)]
    note: String,
}

/// The consent record of one phone of a client.
pub fn address(client: ClientId, phone: &str) -> String {
    let query = Serializer::new(String::new()).append_pair("phone", phone).finish();
    format!("/clients/{client}/consent?{query}")
}

/// `GET /clients/{id}/consent?phone=…`.
pub async fn show(site: Data<Site>, me: ClientReader, id: Path<ClientId>, asked: Query<Asked>) -> Result<Page, Error> {
    let (shared, id, asked, now) = (site.clone(), *id, asked.into_inner(), site.now());
    let before = asked.before.as_deref().and_then(|before| before.parse().ok());
    let page = site.read(move |c| {
        let place = place(&shared, c, &me, id, asked.phone)?;
        Ok(page(c, place, before, Refused::default(), now)?)
    });
    Ok(Page::ok(page.await?))
}

/// `POST /clients/{id}/consent`.
pub async fn create(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(noted)): InTurn<ClientReader, Form<Noted>>,
    id: Path<ClientId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, by, asked) = (*id, site.now(), me.by(), noted.clone());
    let done = site.try_write(move |tx| {
        services::note_consent_of_client(tx, &by, id, &asked.phone, asked.deed.into(), &asked.note, now)
    });
    match done.await? {
        Ok(()) => Ok(see_other(&address(id, &noted.phone))),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| {
                let place = place(&shared, c, &me, id, noted.phone)?;
                Ok(page(c, place, None, Refused { note: noted.note, error: Some(why) }, now)?)
            });
            Ok(Page::unprocessable(page.await?).respond_to(&request))
        }
        Err(other) => Err(other.into()),
    }
}

/// Only phones that are on the record: others are none of its business. Without one it is the first.
fn place(site: &Site, connection: &mut DbConnection, me: &User, id: ClientId, phone: String) -> Result<Place, Error> {
    let client = record::visible(connection, me, id)?;
    let phones = client_phones::of_client(connection, id)?;
    let found = phones.into_iter().find(|one| phone.is_empty() || one.phone == phone).ok_or(Error::NotFound)?;
    Ok(Place {
        shell: site.shell(connection, me, Section::Clients)?,
        title: client.name(),
        back: format!("/clients/{id}"),
        action: format!("/clients/{id}/consent"),
        address: address(id, &found.phone),
        may_note: may_edit_client(&staff_member(me), &record::facts(&client)),
        phone: found.phone,
    })
}
