//! Who holds which position on which client record.

use diesel::prelude::*;

use super::schema::{client_positions, positions, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, PositionId, UserId};

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct HeldPosition {
    pub position_id: PositionId,
    pub position: String,
    pub user_id: UserId,
    pub user: String,
}

/// In the order of the positions.
pub fn of_clients(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<(ClientId, HeldPosition)>> {
    Ok(client_positions::table
        .inner_join(positions::table)
        .inner_join(users::table)
        .filter(client_positions::client_id.eq_any(ids))
        .order((positions::ordinal, positions::id))
        .select((client_positions::client_id, (positions::id, positions::name, users::id, users::name)))
        .load(connection)?)
}

pub fn holders(connection: &mut DbConnection, client: ClientId) -> Stored<Vec<UserId>> {
    Ok(client_positions::table
        .filter(client_positions::client_id.eq(client))
        .select(client_positions::user_id)
        .load(connection)?)
}

/// Puts somebody into a position, in place of whoever held it.
pub fn hold(tx: &mut Writer<'_>, client: ClientId, position: PositionId, user: UserId) -> Stored<()> {
    leave(tx, client, position)?;
    diesel::insert_into(client_positions::table)
        .values((
            client_positions::client_id.eq(client),
            client_positions::position_id.eq(position),
            client_positions::user_id.eq(user),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn leave(tx: &mut Writer<'_>, client: ClientId, position: PositionId) -> Stored<()> {
    diesel::delete(client_positions::table.find((client, position))).execute(&mut **tx)?;
    Ok(())
}
