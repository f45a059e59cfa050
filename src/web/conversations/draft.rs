use actix_web::web::{Data, Path};
use serde::Deserialize;

use super::again::Again;
use super::door::Door;
use super::thread::Wanted;
use crate::domain::{ConversationId, MessageTemplateId};
use crate::services::{self, merge};
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::saved_replies::put_in;
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Chosen {
    template_id: MessageTemplateId,
    /// What was written already.
    #[serde(default)]
    body: String,
    cursor: Option<String>,
    from_client: Option<String>,
}

/// `POST /conversations/{id}/draft`: the thread again, with a template in the box. Nothing is sent or stored.
pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(chosen)): InTurn<TextingUser, Form<Chosen>>,
    id: Path<ConversationId>,
) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    let again = site.read(move |c| {
        let known = services::open_for(c, &me, id)?;
        let door = Door::claimed(chosen.from_client.as_deref(), &me, &known);
        let values = merge::values_for_sender(c, &known, door.record(), &me)?;
        let wanted = match put_in(c, chosen.template_id, &values, &chosen.body, chosen.cursor.as_deref()) {
            Ok(filled) => Wanted { body: filled.body, missing: filled.missing, ..Wanted::default() },
            Err(services::Error::Invalid(why)) => Wanted { body: chosen.body, error: Some(why), ..Wanted::default() },
            Err(other) => return Err(other.into()),
        };
        Again::draw(&shared, c, &me, &known, door, wanted)
    });
    Ok(again.await?.answer())
}
