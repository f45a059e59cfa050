use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::record::way_back;
use super::show::refused;
use crate::domain::{ClientId, LeadStatusId};
use crate::services::{self, Error as Refused};
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;

#[derive(Debug, Clone, Deserialize)]
pub struct Chosen {
    lead_status_id: LeadStatusId,
}

/// `POST /clients/{id}/lead-status`.
pub async fn update(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(chosen)): InTurn<ClientReader, Form<Chosen>>,
    id: Path<ClientId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    let done = site.try_write(move |tx| {
        let change = |before: &services::ClientDetails| {
            let mut details = before.clone();
            details.fields.lead_status_id = chosen.lead_status_id;
            Ok(details)
        };
        services::change_client(tx, &by, id, None, change, now)
    });
    match done.await? {
        Ok(()) => Ok(Either::Right(see_other_saying(&way_back(&site, me.user, id).await?, Said::ClientSaved))),
        Err(Refused::Invalid(why)) => Ok(Either::Left(refused(&site, me.user, id, why).await?)),
        Err(other) => Err(other.into()),
    }
}
