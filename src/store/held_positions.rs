//! The positions that a user holds on client records.

use diesel::prelude::*;

use super::clients::full_name;
use super::schema::{client_positions, clients, positions};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, PositionId, UserId};

#[derive(Debug, Clone)]
pub struct HeldBy {
    pub client_id: ClientId,
    pub client: String,
    pub position: String,
}

/// How many a user holds, counted to `bound` and no further.
pub fn count(connection: &mut DbConnection, user: UserId, bound: i64) -> Stored<i64> {
    Ok(keys(connection, user, bound)?.len() as i64)
}

/// Some of them, in the order of records.
pub fn of_user(connection: &mut DbConnection, user: UserId, limit: i64) -> Stored<Vec<HeldBy>> {
    let rows: Vec<(ClientId, String, String, String, String)> = client_positions::table
        .inner_join(clients::table)
        .inner_join(positions::table)
        .filter(client_positions::user_id.eq(user))
        .order((client_positions::client_id, positions::ordinal))
        .limit(limit)
        .select((clients::id, clients::first_name, clients::last_name, clients::company, positions::name))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(client_id, first, last, company, position)| HeldBy {
            client_id,
            client: full_name(&first, &last, &company),
            position,
        })
        .collect())
}

/// Gives up to `limit` of them to somebody else, or up. Answers which those were.
pub fn hand_over(
    tx: &mut Writer<'_>,
    from: UserId,
    to: Option<UserId>,
    limit: i64,
) -> Stored<Vec<(ClientId, PositionId)>> {
    let keys = keys(tx, from, limit)?;
    for key in &keys {
        let held = client_positions::table.find(*key);
        match to {
            Some(to) => diesel::update(held).set(client_positions::user_id.eq(to)).execute(&mut **tx)?,
            None => diesel::delete(held).execute(&mut **tx)?,
        };
    }
    Ok(keys)
}

fn keys(connection: &mut DbConnection, user: UserId, limit: i64) -> Stored<Vec<(ClientId, PositionId)>> {
    Ok(client_positions::table
        .filter(client_positions::user_id.eq(user))
        .order(client_positions::client_id)
        .limit(limit)
        .select((client_positions::client_id, client_positions::position_id))
        .load(connection)?)
}
