//! Merge fields: which there are, and what they stand for in a text to somebody.
//!
//! A position is called by a word made of its first name, for good: renaming it breaks no text.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeZone as _};
use chrono_tz::Tz;

use super::facts::{Known, staff_member};
use crate::assignment_policy::may_read_client;
use crate::domain::{
    ClientId, ConversationId, MergeError, MergeFields, MergeValues, OutsideAddress, PositionId, merge_name,
};
use crate::store::merge_facts::{self, Seat};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, Writer, company, conversations, positions};

/// All fields that a text may hold, positions in their order.
pub fn fields(connection: &mut DbConnection) -> Stored<MergeFields> {
    let names = merge_names(&merge_facts::seats(connection, None)?);
    let positions = positions::all(connection)?;
    let known = positions.iter().filter_map(|one| Some((names.get(&one.id)?.as_str(), one.name.as_str())));
    Ok(MergeFields::new(known))
}

/// What fields stand for in a text to this client. Nobody sends an automation's.
pub fn values_of_client(connection: &mut DbConnection, client: ClientId, sender: Option<&User>) -> Stored<MergeValues> {
    let Some(facts) = merge_facts::of_client(connection, client)? else {
        return values_of_nobody(connection, sender);
    };
    let mut values = of_sender(sender);
    values.set("client.first_name", &facts.first_name);
    values.set("client.last_name", &facts.last_name);
    values.set("client.name", &facts.name());
    values.set("client.company", &facts.company);
    values.set("client.address", &facts.address);
    if let Some(phone) = &facts.phone {
        set_phone(&mut values, phone);
    }
    values.set("company.name", facts.our_name.as_deref().unwrap_or_default());
    if let Some(at) = facts.appointment_at {
        let zone = zone(facts.time_zone.as_deref(), facts.our_time_zone.as_deref());
        values.set("appointment.date", &date(at, zone));
        values.set("appointment.time", &hour(at, zone));
    }
    let seats = merge_facts::seats(connection, Some(client))?;
    let names = merge_names(&seats);
    for seat in &seats {
        if let (Some(name), Some(holder)) = (names.get(&seat.position), &seat.holder) {
            values.set_person(name, holder);
        }
    }
    Ok(values)
}

/// The same for a conversation: for the oldest record linked to it; without one only the phone is known.
pub fn values_of_conversation(
    connection: &mut DbConnection,
    conversation: ConversationId,
    sender: Option<&User>,
) -> Stored<MergeValues> {
    let client = merge_facts::client_of(connection, conversation)?;
    let phone = conversations::find(connection, conversation)?.map(|row| row.phone);
    values_at_phone(connection, client, phone.as_deref().unwrap_or_default(), sender)
}

/// The same for who writes it by hand, behind the door of one record or of none. Of a record that is not theirs to open
/// they get only what the thread shows anyway.
pub fn values_for_sender(
    connection: &mut DbConnection,
    known: &Known,
    record: Option<ClientId>,
    sender: &User,
) -> Stored<MergeValues> {
    let client = known.facts.clients.iter().find(|client| record.is_none_or(|record| record == client.id));
    let id = client.map(|client| client.id);
    let mut values = values_at_phone(connection, id, &known.row.phone, Some(sender))?;
    if client.is_some_and(|client| !may_read_client(&staff_member(sender), client)) {
        values.retain(|field| OPEN.iter().any(|open| field.starts_with(open)));
    }
    Ok(values)
}

/// Fields that tell nothing of a record beyond a thread's head.
const OPEN: [&str; 6] = ["client.first_name", "client.last_name", "client.name", "client.phone", "company.", "sender."];

/// For a client who is written to at one of their phones.
pub fn values_at_phone(
    connection: &mut DbConnection,
    client: Option<ClientId>,
    phone: &str,
    sender: Option<&User>,
) -> Stored<MergeValues> {
    let mut values = match client {
        Some(client) => values_of_client(connection, client, sender)?,
        None => values_of_nobody(connection, sender)?,
    };
    if !phone.is_empty() {
        set_phone(&mut values, phone);
    }
    Ok(values)
}

/// For somebody who has no record.
pub fn values_of_nobody(connection: &mut DbConnection, sender: Option<&User>) -> Stored<MergeValues> {
    let mut values = of_sender(sender);
    if let Some(company) = company::find(connection)? {
        values.set("company.name", &company.name);
    }
    Ok(values)
}

/// What is wrong with a template, one sentence after the other.
pub fn sentences(errors: &[MergeError]) -> String {
    errors.iter().map(MergeError::to_string).collect::<Vec<_>>().join(" ")
}

/// Settles what texts call each position by. Before the list changes, so that no field comes to mean another one.
pub(super) fn settle_merge_names(tx: &mut Writer<'_>) -> Stored<()> {
    let seats = merge_facts::seats(tx, None)?;
    let names = merge_names(&seats);
    for seat in seats.iter().filter(|seat| seat.merge_name.is_empty()) {
        if let Some(name) = names.get(&seat.position) {
            positions::set_merge_name(tx, seat.position, name)?;
        }
    }
    Ok(())
}

/// Settled ones first, then who came first.
fn merge_names(seats: &[Seat]) -> BTreeMap<PositionId, String> {
    let mut taken: Vec<String> = seats.iter().map(|seat| seat.merge_name.clone()).collect();
    let mut names = BTreeMap::new();
    for seat in seats {
        let name = match seat.merge_name.as_str() {
            "" => merge_name(seat.position, &seat.name, &taken),
            settled => settled.to_owned(),
        };
        taken.push(name.clone());
        names.insert(seat.position, name);
    }
    names
}

fn of_sender(sender: Option<&User>) -> MergeValues {
    let mut values = MergeValues::default();
    if let Some(sender) = sender {
        values.set_person("sender", &sender.name);
    }
    values
}

fn set_phone(values: &mut MergeValues, phone: &str) {
    values.set("client.phone", &OutsideAddress::from_gateway(phone).display());
}

/// The client's own, else the company's.
fn zone(clients: Option<&str>, ours: Option<&str>) -> Tz {
    [clients, ours].into_iter().flatten().find_map(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}

/// As a client reads it: "Thursday, November 26".
fn date(at: NaiveDateTime, zone: Tz) -> String {
    local(at, zone).format("%A, %B %-d").to_string()
}

/// "9:30 AM".
fn hour(at: NaiveDateTime, zone: Tz) -> String {
    local(at, zone).format("%-I:%M %p").to_string()
}

fn local(at: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    zone.from_utc_datetime(&at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(position: PositionId, name: &str, merge_name: &str) -> Seat {
        Seat { position, name: name.to_owned(), merge_name: merge_name.to_owned(), holder: None }
    }

    #[test]
    fn a_settled_word_stays_and_a_newcomer_gets_another() {
        let seats = [seat(1, "Sales Person", ""), seat(2, "Closer", "sales_person"), seat(3, "Sales-Person", "")];
        let names = merge_names(&seats);
        assert_eq!(names.values().collect::<Vec<_>>(), ["sales_person_2", "sales_person", "sales_person_3"]);
    }

    #[test]
    fn an_appointment_is_told_by_the_clock_of_the_client() {
        let at = "2026-11-27T01:30:00".parse::<NaiveDateTime>().unwrap();
        let zone = |clients| zone(clients, Some("America/Denver"));
        assert_eq!(date(at, zone(None)), "Thursday, November 26");
        assert_eq!(hour(at, zone(None)), "6:30 PM");
        assert_eq!(hour(at, zone(Some("Europe/Berlin"))), "2:30 AM");
        assert_eq!(hour(at, zone(Some("nowhere"))), "6:30 PM");
    }
}
