//! The right pane: what this person may know of who is on the other side.

use chrono::NaiveDateTime;

use crate::assignment_policy::may_read_client;
use crate::domain::{ClientId, OutsideAddress, initials};
use crate::services::facts::{Known, staff_member};
use crate::store::clients::{self, Client};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, opt_outs};
use crate::web::consent::newest;
use crate::web::format;
use crate::web::site::zone;
use crate::web::view::conversations::{Card, CardClient};

/// Lines of the consent record; the others have a page of their own.
const CONSENTS: i64 = 3;

/// Only the records this person may read.
pub fn card(connection: &mut DbConnection, me: &User, known: &Known, now: NaiveDateTime) -> Stored<Card> {
    let person = staff_member(me);
    let readable: Vec<ClientId> =
        known.facts.clients.iter().filter(|client| may_read_client(&person, client)).map(|client| client.id).collect();
    let (out, zone) = (opt_outs::find(connection, &known.row.phone)?, zone(connection)?);
    Ok(Card {
        is_out_of_reach: readable.is_empty() && !known.facts.clients.is_empty(),
        clients: clients::load(connection, &readable)?.iter().map(client).collect(),
        phone: OutsideAddress::from_gateway(&known.row.phone).display(),
        opted_out: out.map(|out| format!("Opted out since {}", format::in_full(out.since, zone))),
        consents: newest(connection, &known.row.phone, CONSENTS, now)?,
    })
}

fn client(client: &Client) -> CardClient {
    let name = client.name();
    let mut facts = vec![("E-mail", client.fields.email.clone()), ("Address", client.fields.address.clone())];
    let held: Vec<(String, String)> =
        client.positions.iter().map(|held| (held.position.clone(), held.user.clone())).collect();
    facts.push(("Notes", client.fields.notes.clone()));
    let facts = facts.into_iter().map(|(what, value)| (what.to_owned(), value));
    CardClient {
        id: client.id,
        initials: initials(&name),
        name,
        hue: u8::try_from(client.id.rem_euclid(8)).unwrap_or_default(),
        status: Some(client.lead_status.clone()),
        status_colour: client.status_colour.clone(),
        facts: held.into_iter().chain(facts).filter(|(_, value)| !value.trim().is_empty()).collect(),
    }
}
