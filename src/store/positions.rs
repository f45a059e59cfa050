//! Positions: seats on a client record that users can hold.

use diesel::prelude::*;

use super::schema::positions;
use super::{DbConnection, Stored, Writer};
use crate::domain::PositionId;

#[derive(Debug, Clone, Queryable)]
pub struct Position {
    pub id: PositionId,
    pub name: String,
    /// Where it stands in the list, from 0.
    pub ordinal: i64,
}

/// In their order.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<Position>> {
    Ok(positions::table
        .order((positions::ordinal, positions::id))
        .select((positions::id, positions::name, positions::ordinal))
        .load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, name: &str, ordinal: i64) -> Stored<PositionId> {
    Ok(diesel::insert_into(positions::table)
        .values((positions::name.eq(name), positions::ordinal.eq(ordinal)))
        .returning(positions::id)
        .get_result(&mut **tx)?)
}
