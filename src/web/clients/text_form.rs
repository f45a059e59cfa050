//! *Text*: where one writes to a client from the record.

use serde::Deserialize;

use crate::domain::{MessageTemplateId, NumberId, OutsideAddress};
use crate::store::clients::Client;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones, gateways};
use crate::web::conversations::thread::{not_told, our_number};
use crate::web::saved_replies::saved_replies;
use crate::web::site::may_write;
use crate::web::view::clients::{TextForm, Texting};

#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    /// One of the record's phones; the one for texting, if it says nothing.
    pub phone: Option<String>,
    pub number_id: Option<NumberId>,
    pub body: String,
    /// Which template was chosen, and where the cursor was.
    pub template_id: Option<MessageTemplateId>,
    pub cursor: Option<String>,
    /// What it could not fill in.
    #[serde(skip)]
    pub missing: Option<String>,
    /// Something was put into the box: it is shown.
    #[serde(skip)]
    pub is_draft: bool,
}

pub fn text_form(
    connection: &mut DbConnection,
    me: &User,
    client: &Client,
    typed: Typed,
    error: Option<String>,
) -> Stored<Texting> {
    if !may_write(me) {
        return Ok(Texting::MayOnlyRead);
    }
    let phones = client_phones::of_client(connection, client.id)?;
    let Some(first) = phones.first() else { return Ok(Texting::NoPhone) };
    let numbers = gateways::numbers(connection)?;
    let first_number = numbers.first().map_or(0, |number| number.id);
    Ok(Texting::Form(Box::new(TextForm {
        client: client.id,
        phone: typed.phone.unwrap_or_else(|| first.phone.clone()),
        phones: phones
            .iter()
            .map(|one| {
                let shown = OutsideAddress::from_gateway(&one.phone).display();
                (one.phone.clone(), format!("{shown} · {}", one.kind.name()))
            })
            .collect(),
        number_id: typed.number_id.unwrap_or(first_number),
        numbers: numbers.into_iter().map(|one| (one.id, our_number(Some(one.label), &one.phone))).collect(),
        body: typed.body,
        is_draft: typed.is_draft,
        replies: saved_replies(connection, me, &format!("/clients/{}/sms/draft", client.id), typed.missing)?,
        warning: not_told(me),
        error,
    })))
}
