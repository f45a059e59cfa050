//! Lead statuses: how far a client has come.

use diesel::prelude::*;

use super::schema::{clients, lead_statuses};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, LeadStatusId, StatusColour};

#[derive(Debug, Clone, Queryable)]
pub struct LeadStatus {
    pub id: LeadStatusId,
    pub name: String,
    /// Where it stands in the list, from 0.
    pub ordinal: i64,
    /// A word of the style sheet: `blue`, `teal`.
    pub colour: String,
    /// The lead is lost then.
    pub lost: bool,
}

/// In their order.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<LeadStatus>> {
    Ok(lead_statuses::table
        .order((lead_statuses::ordinal, lead_statuses::id))
        .select((
            lead_statuses::id,
            lead_statuses::name,
            lead_statuses::ordinal,
            lead_statuses::colour,
            lead_statuses::lost,
        ))
        .load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, name: &str, ordinal: i64, colour: &str, lost: bool) -> Stored<LeadStatusId> {
    Ok(diesel::insert_into(lead_statuses::table)
        .values((
            lead_statuses::name.eq(name),
            lead_statuses::ordinal.eq(ordinal),
            lead_statuses::colour.eq(colour),
            lead_statuses::lost.eq(lost),
        ))
        .returning(lead_statuses::id)
        .get_result(&mut **tx)?)
}

pub fn update(tx: &mut Writer<'_>, id: LeadStatusId, name: &str, colour: StatusColour, lost: bool) -> Stored<()> {
    diesel::update(lead_statuses::table.find(id))
        .set((lead_statuses::name.eq(name), lead_statuses::colour.eq(colour.as_str()), lead_statuses::lost.eq(lost)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Puts them in this order.
pub fn arrange(tx: &mut Writer<'_>, ids: &[LeadStatusId]) -> Stored<()> {
    for (ordinal, id) in (0_i64..).zip(ids) {
        let moved = lead_statuses::table.find(id).filter(lead_statuses::ordinal.ne(ordinal));
        diesel::update(moved).set(lead_statuses::ordinal.eq(ordinal)).execute(&mut **tx)?;
    }
    Ok(())
}

/// How many clients have it; counting ends at `most`.
pub fn had(connection: &mut DbConnection, id: LeadStatusId, most: i64) -> Stored<usize> {
    Ok(having(connection, id, most)?.len())
}

/// Gives up to `most` clients another one, and answers which.
pub fn replace(tx: &mut Writer<'_>, id: LeadStatusId, by: LeadStatusId, most: i64) -> Stored<Vec<ClientId>> {
    let ids = having(tx, id, most)?;
    let concerned = clients::table.filter(clients::id.eq_any(&ids));
    diesel::update(concerned).set(clients::lead_status_id.eq(by)).execute(&mut **tx)?;
    Ok(ids)
}

/// Only once no client has it.
pub fn delete(tx: &mut Writer<'_>, id: LeadStatusId) -> Stored<()> {
    diesel::delete(lead_statuses::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

fn having(connection: &mut DbConnection, id: LeadStatusId, most: i64) -> Stored<Vec<ClientId>> {
    Ok(clients::table
        .filter(clients::lead_status_id.eq(id))
        .order(clients::id)
        .limit(most)
        .select(clients::id)
        .load(connection)?)
}
