//! What merge fields are filled with.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::clients::full_name;
use super::schema::{client_phones, client_positions, clients, company, conversation_clients, positions, users};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, ConversationId, PositionId};

#[derive(Debug, Clone, Queryable)]
pub struct ClientFacts {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub address: String,
    /// IANA name; else the company's zone holds.
    pub time_zone: Option<String>,
    /// In UTC.
    pub appointment_at: Option<NaiveDateTime>,
    /// E.164; the one for texting first.
    pub phone: Option<String>,
    pub our_name: Option<String>,
    pub our_time_zone: Option<String>,
}

impl ClientFacts {
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.company)
    }
}

/// The record, and what the company adds to it.
pub fn of_client(connection: &mut DbConnection, id: ClientId) -> Stored<Option<ClientFacts>> {
    let phone = client_phones::table
        .filter(client_phones::client_id.eq(id))
        .order((client_phones::texting.desc(), client_phones::id))
        .select(client_phones::phone)
        .limit(1);
    let columns = (
        clients::first_name,
        clients::last_name,
        clients::company,
        clients::address,
        clients::time_zone,
        clients::appointment_at,
        phone.single_value(),
        company::table.select(company::name).limit(1).single_value(),
        company::table.select(company::time_zone).limit(1).single_value(),
    );
    Ok(clients::table.find(id).select(columns).first(connection).optional()?)
}

/// A position of the list, and who holds it on a record.
#[derive(Debug, Clone, Queryable)]
pub struct Seat {
    pub position: PositionId,
    pub name: String,
    pub merge_name: String,
    pub holder: Option<String>,
}

/// All positions in the order in which they came to be; without a client nobody holds any.
pub fn seats(connection: &mut DbConnection, client: Option<ClientId>) -> Stored<Vec<Seat>> {
    // No record has this id
    let client = client.unwrap_or(0);
    let of_client = client_positions::position_id.eq(positions::id).and(client_positions::client_id.eq(client));
    Ok(positions::table
        .left_join(client_positions::table.on(of_client))
        .left_join(users::table.on(users::id.eq(client_positions::user_id)))
        .order(positions::id)
        .select((positions::id, positions::name, positions::merge_name, users::name.nullable()))
        .load(connection)?)
}

/// Whose record speaks for a conversation that several are linked to: the oldest.
pub fn client_of(connection: &mut DbConnection, conversation: ConversationId) -> Stored<Option<ClientId>> {
    Ok(conversation_clients::table
        .filter(conversation_clients::conversation_id.eq(conversation))
        .order(conversation_clients::client_id)
        .select(conversation_clients::client_id)
        .first(connection)
        .optional()?)
}
