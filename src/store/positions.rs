//! Positions: seats on a client record that users can hold.

use diesel::prelude::*;

use super::schema::{client_positions, positions};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, PositionId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct Position {
    pub id: PositionId,
    pub name: String,
    /// Where it stands in the list, from 0.
    pub ordinal: i64,
    /// What texts call it by; empty until it was settled.
    pub merge_name: String,
}

/// In their order.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<Position>> {
    Ok(positions::table
        .order((positions::ordinal, positions::id))
        .select((positions::id, positions::name, positions::ordinal, positions::merge_name))
        .load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, name: &str, ordinal: i64) -> Stored<PositionId> {
    Ok(diesel::insert_into(positions::table)
        .values((positions::name.eq(name), positions::ordinal.eq(ordinal)))
        .returning(positions::id)
        .get_result(&mut **tx)?)
}

pub fn find(connection: &mut DbConnection, id: PositionId) -> Stored<Option<Position>> {
    let columns = (positions::id, positions::name, positions::ordinal, positions::merge_name);
    Ok(positions::table.find(id).select(columns).first(connection).optional()?)
}

pub fn rename(tx: &mut Writer<'_>, id: PositionId, name: &str) -> Stored<()> {
    diesel::update(positions::table.find(id)).set(positions::name.eq(name)).execute(&mut **tx)?;
    Ok(())
}

/// Settles what texts call it by.
pub fn set_merge_name(tx: &mut Writer<'_>, id: PositionId, merge_name: &str) -> Stored<()> {
    diesel::update(positions::table.find(id)).set(positions::merge_name.eq(merge_name)).execute(&mut **tx)?;
    Ok(())
}

/// Puts them in this order.
pub fn arrange(tx: &mut Writer<'_>, ids: &[PositionId]) -> Stored<()> {
    for (ordinal, id) in (0_i64..).zip(ids) {
        let moved = positions::table.find(id).filter(positions::ordinal.ne(ordinal));
        diesel::update(moved).set(positions::ordinal.eq(ordinal)).execute(&mut **tx)?;
    }
    Ok(())
}

/// On how many clients somebody holds it; counting ends at `most`.
pub fn held(connection: &mut DbConnection, id: PositionId, most: i64) -> Stored<usize> {
    Ok(holders(connection, id, most)?.len())
}

/// Takes it from up to `most` clients, and answers who held it there.
pub fn clear(tx: &mut Writer<'_>, id: PositionId, most: i64) -> Stored<Vec<(ClientId, UserId)>> {
    let holders = holders(tx, id, most)?;
    let clients: Vec<ClientId> = holders.iter().map(|(client, _)| *client).collect();
    let held = client_positions::table
        .filter(client_positions::position_id.eq(id))
        .filter(client_positions::client_id.eq_any(&clients));
    diesel::delete(held).execute(&mut **tx)?;
    Ok(holders)
}

/// Only once nobody holds it.
pub fn delete(tx: &mut Writer<'_>, id: PositionId) -> Stored<()> {
    diesel::delete(positions::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

fn holders(connection: &mut DbConnection, id: PositionId, most: i64) -> Stored<Vec<(ClientId, UserId)>> {
    Ok(client_positions::table
        .filter(client_positions::position_id.eq(id))
        .order(client_positions::client_id)
        .limit(most)
        .select((client_positions::client_id, client_positions::user_id))
        .load(connection)?)
}
