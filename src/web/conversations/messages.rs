use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::again::again;
use super::door::way_back;
use super::thread::Wanted;
use crate::domain::{ConversationId, SmsText};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct NewMessage {
    body: String,
    from_client: Option<String>,
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(NewMessage { body, from_client })): InTurn<TextingUser, Form<NewMessage>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, sender) = (*id, site.now(), me.user.clone());
    match SmsText::filled_in(&body) {
        Ok(text) => {
            site.write(move |tx| services::send_text(tx, &sender, id, &text, now)).await?;
            Ok(see_other(&way_back(&site, me.user, id, from_client).await?))
        }
        Err(why) => {
            let typed = Wanted { body, ..Wanted::default() };
            Ok(again(&site, sender, id, from_client, why.to_string(), typed).await?.respond_to(&request))
        }
    }
}
