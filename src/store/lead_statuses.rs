//! Lead statuses: how far a client has come.

use diesel::prelude::*;

use super::schema::lead_statuses;
use super::{DbConnection, Stored, Writer};
use crate::domain::LeadStatusId;

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
