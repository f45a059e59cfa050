//! *Text*: where one writes to a client from the record.

use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::domain::{NumberId, OutsideAddress};
use crate::store::clients::Client;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones, gateways};
use crate::web::conversations::clocks::Clocks;
use crate::web::conversations::thread::{not_told, our_number};
use crate::web::site::may_write;
use crate::web::view::clients::{TextForm, Texting};

#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    /// One of the record's phones; the one for texting, if it says nothing.
    pub phone: Option<String>,
    pub number_id: Option<NumberId>,
    pub body: String,
}

pub fn text_form(
    connection: &mut DbConnection,
    me: &User,
    client: &Client,
    typed: Typed,
    error: Option<String>,
    now: NaiveDateTime,
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
        warning: not_told(me),
        quiet: Clocks::of_client(connection, client.id, &client.name(), now)?.warning(),
        error,
    })))
}
