use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::door::{CameFrom, way_back};
use crate::domain::{ConversationId, MessageId};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::MaybeForm;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

/// `POST /conversations/{id}/messages/{message_id}/retry`: the words of a text that failed, as a new text.
pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    path: Path<(ConversationId, MessageId)>,
) -> Result<HttpResponse, Error> {
    let ((id, message), now, sender) = (path.into_inner(), site.now(), me.user.clone());
    site.write(move |tx| services::retry_text(tx, &sender, id, message, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}
