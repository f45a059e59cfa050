//! Texts that are sent later: from the composer, and below the thread where they wait.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::again::again;
use super::door::{CameFrom, way_back};
use super::later::LaterTyped;
use super::thread::Wanted;
use crate::domain::{ConversationId, ScheduledTextId, SmsText};
use crate::services::{self, Later};
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::forms::{Form, MaybeForm};
use crate::web::in_turn::InTurn;
use crate::web::local_time;
use crate::web::page::see_other;
use crate::web::site::Site;

#[derive(Clone, Deserialize)]
pub struct ForLater {
    body: String,
    /// On the client's clock.
    #[serde(default)]
    send_at: String,
    /// A time that was offered; it counts before what stands in the field.
    choice: Option<String>,
    cancel_if_reply: Option<String>,
    from_client: Option<String>,
}

impl ForLater {
    fn at(&self) -> &str {
        self.choice.as_deref().unwrap_or(&self.send_at)
    }

    fn cancel_if_reply(&self) -> bool {
        self.cancel_if_reply.as_deref().is_some_and(|choice| choice != "no")
    }

    fn read(&self) -> Result<(SmsText, NaiveDateTime), String> {
        let text = SmsText::parse(&self.body).map_err(|why| why.to_string())?;
        let at = local_time::read(self.at());
        Ok((text, at.ok_or("Choose the date and the time at which the text is to be sent.")?))
    }

    fn typed(self) -> Wanted {
        let later = LaterTyped { at: self.at().to_owned(), cancel_if_reply: self.cancel_if_reply(), is_open: true };
        Wanted { body: self.body, later, ..Wanted::default() }
    }
}

/// `POST /conversations/{id}/scheduled`.
pub async fn create(
    site: Data<Site>,
    InTurn(TextingUser(me), Form(filled)): InTurn<TextingUser, Form<ForLater>>,
    id: Path<ConversationId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, now, author) = (*id, site.now(), me.user.clone());
    let (from_client, cancel_if_reply) = (filled.from_client.clone(), filled.cancel_if_reply());
    let done = match filled.read() {
        Ok((text, at)) => {
            site.try_write(move |tx| {
                let later = Later { text: &text, at, cancel_if_reply };
                services::schedule_text(tx, &author, id, &later, now)
            })
            .await?
        }
        Err(why) => Err(services::Error::Invalid(why)),
    };
    match done {
        Ok(_) => Ok(see_other(&way_back(&site, me.user, id, from_client).await?)),
        Err(services::Error::Invalid(why)) => {
            Ok(again(&site, me.user, id, from_client, why, filled.typed()).await?.respond_to(&request))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Default, Deserialize)]
pub struct Cancelling {
    /// The words come back into the composer.
    edit: Option<String>,
    from_client: Option<String>,
}

/// `POST /conversations/{id}/scheduled/{sid}/cancellation`.
pub async fn cancel(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(form)): InTurn<TextingUser, MaybeForm<Cancelling>>,
    path: Path<(ConversationId, ScheduledTextId)>,
) -> Result<HttpResponse, Error> {
    let ((id, scheduled), now, by) = (path.into_inner(), site.now(), me.user.clone());
    site.write(move |tx| services::cancel_scheduled(tx, &by, id, scheduled, now)).await?;
    let back = way_back(&site, me.user, id, form.from_client).await?;
    let is_thread = back.ends_with(&format!("/{id}"));
    let edits = form.edit.is_some() && is_thread;
    Ok(see_other(&if edits { format!("{back}?edit={scheduled}") } else { back }))
}

/// `POST /conversations/{id}/scheduled/{sid}/sending`: now instead of later.
pub async fn send(
    site: Data<Site>,
    InTurn(TextingUser(me), MaybeForm(came)): InTurn<TextingUser, MaybeForm<CameFrom>>,
    path: Path<(ConversationId, ScheduledTextId)>,
) -> Result<HttpResponse, Error> {
    let ((id, scheduled), now, sender) = (path.into_inner(), site.now(), me.user.clone());
    site.write(move |tx| services::send_now(tx, &sender, id, scheduled, now)).await?;
    Ok(see_other(&way_back(&site, me.user, id, came.from_client).await?))
}
