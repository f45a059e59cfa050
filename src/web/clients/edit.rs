use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};

use super::form::form;
use super::record::{facts, head, visible, way_back};
use super::resembling::{asks, ids_shown, not_shown};
use super::typed::{self, Typed};
use crate::assignment_policy::may_edit_client;
use crate::domain::ClientId;
use crate::services::facts::staff_member;
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
use crate::web::view::clients::{ClientFormPage, Edited, RecordTab, Resembling};
use crate::web::view::{Section, zone_groups};

/// 10,000 characters of notes, each of four bytes, percent-encoded.
pub const LONGEST_FORM: usize = 256 * 1024;

/// `GET /clients/{id}/edit`.
pub async fn edit(site: Data<Site>, me: ClientReader, id: Path<ClientId>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    let page = site.read(move |c| page(&shared, c, &me, id, &Typed::default(), Vec::new(), None));
    Ok(Page::whole(StatusCode::OK, page.await?))
}

/// `POST /clients/{id}`. From the form (`check=yes`) people who it may be from now on are shown first, each once.
pub async fn update(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(typed)): InTurn<ClientReader, Form<Typed, LONGEST_FORM>>,
    id: Path<ClientId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, now, by, wanted) = (*id, site.now(), me.by(), typed.clone());
    if asks(&typed)
        && let Some(hint) = hint(&site, me.user.clone(), id, typed.clone()).await?
    {
        return Ok(Either::Left(Page::whole(StatusCode::OK, hint)));
    }
    let done = site.try_write(move |tx| {
        let company = zone(tx)?;
        let change = |before: &services::ClientDetails| typed::details(&wanted, before, company);
        services::change_client(tx, &by, id, wanted.number("seen"), change, now)
    });
    match done.await? {
        Ok(()) => Ok(Either::Right(see_other_saying(&way_back(&site, me.user, id).await?, Said::ClientSaved))),
        Err(Refused::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| page(&shared, c, &me, id, &typed, Vec::new(), Some(why)));
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page.await?)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The form again, if there is somebody to be shown first.
async fn hint(site: &Data<Site>, me: User, id: ClientId, typed: Typed) -> Result<Option<ClientFormPage>, Error> {
    let shared = site.clone();
    site.read(move |c| match known(c, &me, id, &typed)? {
        known if known.is_empty() => Ok(None),
        known => page(&shared, c, &me, id, &typed, known, None).map(Some),
    })
    .await
}

/// Those who resemble what is typed, and did not resemble the record before. Who may not change it is told so first.
fn known(connection: &mut DbConnection, me: &User, id: ClientId, typed: &Typed) -> Result<Vec<Resembling>, Error> {
    let client = visible(connection, me, id)?;
    if !may_edit_client(&staff_member(me), &facts(&client)) {
        return Ok(Vec::new());
    }
    let before = services::details_of(connection, &client)?;
    let Ok(after) = typed::details(typed, &before, zone(connection)?) else { return Ok(Vec::new()) };
    Ok(not_shown(connection, me, typed, Some(id), &before, &after)?)
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: ClientId,
    typed: &Typed,
    resembling: Vec<Resembling>,
    error: Option<String>,
) -> Result<ClientFormPage, Error> {
    let client = visible(connection, me, id)?;
    let head = head(me, &client, RecordTab::Record);
    if !head.may_edit {
        return Err(Error::Forbidden("Your role may read this client but not change it.".to_owned()));
    }
    let stored = services::details_of(connection, &client)?;
    let form = form(connection, &stored, typed)?;
    Ok(ClientFormPage {
        shell: site.shell(connection, me, Section::Clients)?,
        time_zones: zone_groups(&form.company_zone, &form.time_zone),
        form,
        client: Some(Edited {
            id,
            name: head.name,
            // What came in between is told when it is saved: a hint does not make it seen
            seen: match typed.number("seen").filter(|_| error.is_none()) {
                Some(seen) => seen,
                None => client_activity::newest(connection, id)?,
            },
            may_delete: head.may_delete,
            conversations: conversations::of_client(connection, id)?.len(),
        }),
        error,
        shown: ids_shown(typed, &resembling),
        resembling,
        conversation: None,
    })
}
