//! Whose conversation it is: `/conversations/{id}/clients`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::door::way_back;
use super::link_page::{Asked, page};
use crate::domain::{ClientId, ConversationId};
use crate::services;
use crate::web::current_user::{DashboardUser, TextingUser};
use crate::web::error::Error;
use crate::web::forms::{Form, MaybeForm};
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::query::Query;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Chosen {
    client_id: ClientId,
    /// What they searched for, to be shown again.
    #[serde(default)]
    q: String,
}

#[derive(Default, Deserialize)]
pub struct Unlinking {
    /// `remove`: the phone goes from the record too.
    phone: Option<String>,
}

pub async fn index(
    site: Data<Site>,
    me: DashboardUser,
    id: Path<ConversationId>,
    asked: Query<Asked>,
) -> Result<Page, Error> {
    let (id, shared, asked) = (*id, site.clone(), asked.into_inner());
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, id, asked, None)).await?))
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(Chosen { client_id, q })): InTurn<TextingUser, Form<Chosen>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    match site.try_write(move |tx| services::link_client(tx, &by, id, client_id, now)).await? {
        Ok(()) => Ok(see_other(&way_back(&site, me.user, id, None).await?)),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let page = site.read(move |c| page(&shared, c, &me, id, Asked { q, ..Asked::default() }, Some(why)));
            Ok(Page::unprocessable(page.await?).respond_to(&request))
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn remove(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(Unlinking { phone })): InTurn<TextingUser, MaybeForm<Unlinking>>,
    path: Path<(ConversationId, ClientId)>,
) -> Result<HttpResponse, Error> {
    let ((id, client), now, by) = (path.into_inner(), site.now(), me.by());
    let phone_goes = phone.as_deref() == Some("remove");
    site.write(move |tx| services::unlink_client(tx, &by, id, client, phone_goes, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, None).await?))
}
