use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use super::door::way_back;
use crate::domain::{ConversationId, FlagAnswer, MessageId};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Answered {
    answer: FlagAnswer,
    from_client: Option<String>,
}

/// `POST /conversations/{id}/messages/{message_id}/flag`: what a text that reads like a wish to stop means.
pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(Answered { answer, from_client })): InTurn<TextingUser, Form<Answered>>,
    path: Path<(ConversationId, MessageId)>,
) -> Result<HttpResponse, Error> {
    let ((id, message), now, by) = (path.into_inner(), site.now(), me.by());
    site.write(move |tx| services::answer_flag(tx, &by, id, message, answer, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, from_client).await?))
}
