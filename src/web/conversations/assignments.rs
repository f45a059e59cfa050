use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use super::show::way_back;
use crate::domain::{ConversationId, UserId};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Chosen {
    user_id: UserId,
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(Chosen { user_id })): InTurn<TextingUser, Form<Chosen>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, actor) = (*id, site.now(), me.user.clone());
    site.write(move |tx| services::assign(tx, &actor, id, user_id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id).await?))
}

pub async fn remove(
    site: Data<Site>,
    TextingUser(me): TextingUser,
    path: Path<(ConversationId, UserId)>,
) -> Result<HttpResponse, Error> {
    let ((id, target), now, actor) = (path.into_inner(), site.now(), me.user.clone());
    site.write(move |tx| services::unassign(tx, &actor, id, target, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id).await?))
}
