use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::door::{CameFrom, way_back};
use crate::domain::ConversationId;
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::MaybeForm;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

/// `POST /conversations/{id}/block`: the phone, over all numbers of ours.
pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    site.write(move |tx| services::block_phone(tx, &by, id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}

pub async fn remove(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    site.write(move |tx| services::unblock_phone(tx, &by, id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}
