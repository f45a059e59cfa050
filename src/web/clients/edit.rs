use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};

use super::form::form;
use super::record::{head, visible, way_back};
use super::typed::{self, Typed};
use crate::domain::ClientId;
use crate::services::{self, Error as Refused};
use crate::store::users::User;
use crate::store::{DbConnection, client_activity, conversations};
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::{Site, zone};
use crate::web::view::Section;
use crate::web::view::clients::{ClientFormPage, Edited, RecordTab};

/// 10,000 characters of notes, each of four bytes, percent-encoded.
pub const LONGEST_FORM: usize = 256 * 1024;

/// `GET /clients/{id}/edit`.
pub async fn edit(site: Data<Site>, me: ClientReader, id: Path<ClientId>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    let page = site.read(move |c| page(&shared, c, &me, id, &Typed::default(), None));
    Ok(Page::whole(StatusCode::OK, page.await?))
}

/// `POST /clients/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(typed)): InTurn<ClientReader, Form<Typed, LONGEST_FORM>>,
    id: Path<ClientId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, now, by, wanted) = (*id, site.now(), me.by(), typed.clone());
    let done = site.try_write(move |tx| {
        let company = zone(tx)?;
        let change = |before: &services::ClientDetails| typed::details(&wanted, before, company);
        services::change_client(tx, &by, id, wanted.number("seen"), change, now)
    });
    match done.await? {
        Ok(()) => Ok(Either::Right(see_other_saying(&way_back(&site, me.user, id).await?, Said::ClientSaved))),
        Err(Refused::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| page(&shared, c, &me, id, &typed, Some(why)));
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page.await?)))
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: ClientId,
    typed: &Typed,
    error: Option<String>,
) -> Result<ClientFormPage, Error> {
    let client = visible(connection, me, id)?;
    let head = head(me, &client, RecordTab::Record);
    if !head.may_edit {
        return Err(Error::Forbidden("Your role may read this client but not change it.".to_owned()));
    }
    let stored = services::details_of(connection, &client)?;
    Ok(ClientFormPage {
        shell: site.shell(connection, me, Section::Clients)?,
        form: form(connection, &stored, typed)?,
        client: Some(Edited {
            id,
            name: head.name,
            seen: client_activity::newest(connection, id)?,
            may_delete: head.may_delete,
            conversations: conversations::of_client(connection, id)?.len(),
        }),
        error,
        resembling: Vec::new(),
        conversation: None,
    })
}
