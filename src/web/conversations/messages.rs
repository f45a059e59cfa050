use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::show::{page, way_back};
use super::thread::Wanted;
use crate::domain::{ConversationId, SmsText};
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct NewMessage {
    body: String,
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(NewMessage { body })): InTurn<TextingUser, Form<NewMessage>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, sender) = (*id, site.now(), me.user.clone());
    match SmsText::parse(&body) {
        Ok(text) => {
            site.write(move |tx| services::send_text(tx, &sender, id, &text, now)).await?;
            Ok(see_other(&way_back(&site, me.user, id).await?))
        }
        Err(why) => {
            let shared = site.clone();
            let wanted = Wanted { body, error: Some(why.to_string()), ..Wanted::default() };
            let page = site.read(move |c| page(&shared, c, &sender, id, wanted)).await?;
            Ok(Page::unprocessable(page).respond_to(&request))
        }
    }
}
