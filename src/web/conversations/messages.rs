use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::door::{Door, way_back};
use super::show;
use super::thread::Wanted;
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::{ConversationId, SmsText};
use crate::services::{self, facts::staff_member};
use crate::web::clients::thread as record;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;
use crate::web::view::clients::RecordThreadPage;
use crate::web::view::conversations::ConversationPage;

#[derive(Deserialize)]
pub struct NewMessage {
    body: String,
    from_client: Option<String>,
}

/// The page that is shown again, behind the door through which they came.
enum Again {
    Dashboard(Box<ConversationPage>),
    Record(Box<RecordThreadPage>),
}

pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(NewMessage { body, from_client })): InTurn<TextingUser, Form<NewMessage>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, sender) = (*id, site.now(), me.user.clone());
    match SmsText::parse(&body) {
        Ok(text) => {
            site.write(move |tx| services::send_text(tx, &sender, id, &text, now)).await?;
            Ok(see_other(&way_back(&site, me.user, id, from_client).await?))
        }
        Err(why) => {
            let (shared, why) = (site.clone(), why.to_string());
            let again = site.read(move |c| {
                let known = services::open_for(c, &sender, id)?;
                let wanted = Wanted { body, error: Some(why.clone()), ..Wanted::default() };
                match Door::claimed(from_client.as_deref(), &sender, &known) {
                    Door::Record(client) => {
                        let page = record::page(&shared, c, &sender, client, id, wanted)?;
                        Ok(Again::Record(Box::new(page)))
                    }
                    Door::Dashboard if sees_on_dashboard(&staff_member(&sender), &known.facts) => {
                        Ok(Again::Dashboard(Box::new(show::page(&shared, c, &sender, id, wanted)?)))
                    }
                    Door::Dashboard => Err(Error::Unprocessable(why)),
                }
            });
            let page = match again.await? {
                Again::Dashboard(page) => Page::unprocessable(*page),
                Again::Record(page) => Page::unprocessable(*page),
            };
            Ok(page.respond_to(&request))
        }
    }
}
