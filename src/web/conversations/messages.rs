use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::again::Again;
use super::door::{Door, way_back};
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
            let (shared, why) = (site.clone(), why.to_string());
            let again = site.read(move |c| {
                let known = services::open_for(c, &sender, id)?;
                let door = Door::claimed(from_client.as_deref(), &sender, &known);
                let wanted = Wanted { body, error: Some(why), ..Wanted::default() };
                Again::draw(&shared, c, &sender, &known, door, wanted)
            });
            Ok(again.await?.answer().respond_to(&request))
        }
    }
}
