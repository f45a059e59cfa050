use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::show::{page, way_back};
use super::thread::Wanted;
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::{ConversationId, SmsText};
use crate::services::{self, facts::staff_member};
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
            let (shared, why) = (site.clone(), why.to_string());
            let page = site.read(move |c| {
                let known = services::open_for(c, &sender, id)?;
                if !sees_on_dashboard(&staff_member(&sender), &known.facts) {
                    return Err(Error::Unprocessable(why));
                }
                page(&shared, c, &sender, id, Wanted { body, error: Some(why), ..Wanted::default() })
            });
            Ok(Page::unprocessable(page.await?).respond_to(&request))
        }
    }
}
