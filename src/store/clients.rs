//! Client records, their phones and who holds which position on them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{client_phones, client_positions, clients, lead_statuses, positions, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, PositionId, UserId};

#[derive(Debug, Clone)]
pub struct Client {
    pub id: ClientId,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub address: String,
    pub lead_status: String,
    pub notes: String,
    pub positions: Vec<HeldPosition>,
}

impl Client {
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

#[derive(Debug, Clone)]
pub struct HeldPosition {
    pub position: String,
    pub user_id: UserId,
    pub user: String,
}

pub struct NewClient<'a> {
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub email: &'a str,
    pub address: &'a str,
    pub lead_status_id: i64,
    pub notes: &'a str,
}

/// The records with these ids, in the order of ids.
pub fn load(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<Client>> {
    let rows: Vec<(ClientId, String, String, String, String, String, String)> = clients::table
        .inner_join(lead_statuses::table)
        .filter(clients::id.eq_any(ids))
        .order(clients::id)
        .select((
            clients::id,
            clients::first_name,
            clients::last_name,
            clients::email,
            clients::address,
            lead_statuses::name,
            clients::notes,
        ))
        .load(connection)?;
    let held: Vec<(ClientId, String, UserId, String)> = client_positions::table
        .inner_join(positions::table)
        .inner_join(users::table)
        .filter(client_positions::client_id.eq_any(ids))
        .order(positions::ordinal)
        .select((client_positions::client_id, positions::name, users::id, users::name))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(id, first_name, last_name, email, address, lead_status, notes)| Client {
            id,
            first_name,
            last_name,
            email,
            address,
            lead_status,
            notes,
            positions: held
                .iter()
                .filter(|(client, ..)| *client == id)
                .map(|(_, position, user_id, user)| HeldPosition {
                    position: position.clone(),
                    user_id: *user_id,
                    user: user.clone(),
                })
                .collect(),
        })
        .collect())
}

/// The clients who have this phone, with their names.
pub fn with_phone(connection: &mut DbConnection, phone: &str) -> Stored<Vec<(ClientId, String)>> {
    let rows: Vec<(ClientId, String, String)> = clients::table
        .inner_join(client_phones::table)
        .filter(client_phones::phone.eq(phone))
        .order(clients::id)
        .select((clients::id, clients::first_name, clients::last_name))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, full_name(&first, &last))).collect())
}

pub fn insert(tx: &mut Writer<'_>, new: &NewClient<'_>, now: NaiveDateTime) -> Stored<ClientId> {
    Ok(diesel::insert_into(clients::table)
        .values((
            clients::first_name.eq(new.first_name),
            clients::last_name.eq(new.last_name),
            clients::email.eq(new.email),
            clients::address.eq(new.address),
            clients::lead_status_id.eq(new.lead_status_id),
            clients::notes.eq(new.notes),
            clients::created_at.eq(now),
        ))
        .returning(clients::id)
        .get_result(&mut **tx)?)
}

pub fn add_phone(tx: &mut Writer<'_>, client: ClientId, kind: &str, phone: &str) -> Stored<()> {
    diesel::insert_into(client_phones::table)
        .values((
            client_phones::client_id.eq(client),
            client_phones::kind.eq(kind),
            client_phones::phone.eq(phone),
            client_phones::texting.eq(true),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn hold_position(tx: &mut Writer<'_>, client: ClientId, position: PositionId, user: UserId) -> Stored<()> {
    diesel::insert_into(client_positions::table)
        .values((
            client_positions::client_id.eq(client),
            client_positions::position_id.eq(position),
            client_positions::user_id.eq(user),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub(super) fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}
