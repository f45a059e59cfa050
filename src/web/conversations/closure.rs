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

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, actor) = (*id, site.now(), me.user.clone());
    site.write(move |tx| services::close(tx, &actor, id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}

pub async fn remove(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now, actor) = (*id, site.now(), me.user.clone());
    site.write(move |tx| services::reopen(tx, &actor, id, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}
