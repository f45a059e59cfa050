use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use super::door::{CameFrom, way_back};
use crate::domain::{ConversationId, UserId};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::{Form, MaybeForm};
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Chosen {
    user_id: UserId,
    from_client: Option<String>,
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(Chosen { user_id, from_client })): InTurn<TextingUser, Form<Chosen>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, actor) = (*id, site.now(), me.user.clone());
    site.write(move |tx| services::assign(tx, &actor, id, user_id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, from_client).await?))
}

pub async fn remove(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    path: Path<(ConversationId, UserId)>,
) -> Result<HttpResponse, Error> {
    let ((id, target), now, actor) = (path.into_inner(), site.now(), me.user.clone());
    site.write(move |tx| services::unassign(tx, &actor, id, target, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}
