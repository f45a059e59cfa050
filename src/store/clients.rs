//! Client records: leads and customers.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::client_positions::{self, HeldPosition};
use super::conversations::words;
use super::schema::{client_phones, clients, conversation_clients, lead_statuses, opt_outs};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, ConversationId, LeadStatusId};

#[derive(Debug, Clone)]
pub struct Client {
    pub id: ClientId,
    pub fields: Fields,
    pub lead_status: String,
    /// A word of the style sheet.
    pub status_colour: String,
    pub created_at: NaiveDateTime,
    pub positions: Vec<HeldPosition>,
}

impl Client {
    pub fn name(&self) -> String {
        self.fields.name()
    }
}

/// What a record says by itself, without its phones and positions. Words that are not known are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = clients, treat_none_as_null = true)]
pub struct Fields {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub email: String,
    pub address: String,
    /// IANA name; else the company's zone holds.
    pub time_zone: Option<String>,
    pub lead_status_id: LeadStatusId,
    pub lead_source: String,
    /// In UTC.
    pub appointment_at: Option<NaiveDateTime>,
    pub notes: String,
}

impl Fields {
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.company)
    }
}

macro_rules! field_columns {
    () => {
        (
            clients::first_name,
            clients::last_name,
            clients::company,
            clients::email,
            clients::address,
            clients::time_zone,
            clients::lead_status_id,
            clients::lead_source,
            clients::appointment_at,
            clients::notes,
        )
    };
}

type Row = (ClientId, Fields, NaiveDateTime, String, String);

/// The records with these ids, in the order of ids.
pub fn load(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<Client>> {
    let rows: Vec<Row> = clients::table
        .inner_join(lead_statuses::table)
        .filter(clients::id.eq_any(ids))
        .order(clients::id)
        .select((clients::id, field_columns!(), clients::created_at, lead_statuses::name, lead_statuses::colour))
        .load(connection)?;
    let held = client_positions::of_clients(connection, ids)?;
    let of = |client: ClientId| held.iter().filter(move |(of, _)| *of == client).map(|(_, held)| held.clone());
    Ok(rows
        .into_iter()
        .map(|(id, fields, created_at, lead_status, status_colour)| Client {
            id,
            fields,
            lead_status,
            status_colour,
            created_at,
            positions: of(id).collect(),
        })
        .collect())
}

/// What these records say by themselves.
pub(super) fn fields(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<(ClientId, Fields)>> {
    Ok(clients::table.filter(clients::id.eq_any(ids)).select((clients::id, field_columns!())).load(connection)?)
}

pub fn find(connection: &mut DbConnection, id: ClientId) -> Stored<Option<Client>> {
    Ok(load(connection, &[id])?.pop())
}

/// The clients who have this phone, with their names.
pub fn with_phone(connection: &mut DbConnection, phone: &str) -> Stored<Vec<(ClientId, String)>> {
    let rows: Vec<(ClientId, String, String, String)> = clients::table
        .inner_join(client_phones::table)
        .filter(client_phones::phone.eq(phone))
        .order(clients::id)
        .select((clients::id, clients::first_name, clients::last_name, clients::company))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, first, last, company)| (id, full_name(&first, &last, &company))).collect())
}

/// The time zones that the clients of these conversations have, in the order of the clients' ids.
pub fn time_zones_in(
    connection: &mut DbConnection,
    conversations: &[ConversationId],
) -> Stored<Vec<(ConversationId, String)>> {
    let zones: Vec<(ConversationId, Option<String>)> = clients::table
        .inner_join(conversation_clients::table)
        .filter(conversation_clients::conversation_id.eq_any(conversations).and(clients::time_zone.is_not_null()))
        .order(clients::id)
        .select((conversation_clients::conversation_id, clients::time_zone))
        .load(connection)?;
    Ok(zones.into_iter().filter_map(|(id, zone)| Some((id, zone?))).collect())
}

pub fn insert(tx: &mut Writer<'_>, new: &Fields, now: NaiveDateTime) -> Stored<ClientId> {
    let created = (clients::created_at.eq(now), clients::search_terms.eq(search_terms(new, &[])));
    Ok(diesel::insert_into(clients::table).values((new, created)).returning(clients::id).get_result(&mut **tx)?)
}

pub fn update(tx: &mut Writer<'_>, id: ClientId, fields: &Fields) -> Stored<()> {
    diesel::update(clients::table.find(id)).set(fields).execute(&mut **tx)?;
    index(tx, id)
}

/// Its conversations stay.
pub fn delete(tx: &mut Writer<'_>, id: ClientId) -> Stored<bool> {
    Ok(diesel::delete(clients::table.find(id)).execute(&mut **tx)? > 0)
}

/// Writes down again what the record is found and listed by, after its words or phones changed.
pub(super) fn index(tx: &mut Writer<'_>, id: ClientId) -> Stored<()> {
    let fields: Option<Fields> = clients::table.find(id).select(field_columns!()).first(&mut **tx).optional()?;
    let Some(fields) = fields else { return Ok(()) };
    let phones: Vec<String> =
        client_phones::table.filter(client_phones::client_id.eq(id)).select(client_phones::phone).load(&mut **tx)?;
    diesel::update(clients::table.find(id))
        .set((
            clients::search_terms.eq(search_terms(&fields, &phones)),
            clients::opted_out.eq(any_opted_out(tx, &phones)?),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A phone opted out or in: carried to the records that have it.
pub(super) fn opting_changed(tx: &mut Writer<'_>, phone: &str) -> Stored<()> {
    let theirs = client_phones::table.filter(client_phones::phone.eq(phone)).select(client_phones::client_id);
    for id in theirs.load::<ClientId>(&mut **tx)? {
        index(tx, id)?;
    }
    Ok(())
}

fn any_opted_out(connection: &mut DbConnection, phones: &[String]) -> Stored<bool> {
    let out = opt_outs::table.filter(opt_outs::phone.eq_any(phones));
    Ok(diesel::select(diesel::dsl::exists(out)).get_result(connection)?)
}

/// Words of name, company, e-mail and address, and each phone from any of its digits on.
pub(super) fn search_terms(fields: &Fields, phones: &[String]) -> String {
    let text = [&fields.first_name, &fields.last_name, &fields.company, &fields.email, &fields.address];
    let mut terms = words(&text.map(String::as_str).join(" "));
    terms.extend(phones.iter().flat_map(|phone| endings(phone)));
    terms.join(" ")
}

/// A phone's digits from any of its digits on, down to four.
pub(super) fn endings(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (0..digits.len().saturating_sub(3)).filter_map(|from| digits.get(from..)).map(str::to_owned).collect()
}

/// As people say it: first and last name, or the company of somebody without either.
pub(super) fn full_name(first: &str, last: &str, company: &str) -> String {
    let name = format!("{first} {last}");
    match name.trim() {
        "" => company.trim().to_owned(),
        name => name.to_owned(),
    }
}
