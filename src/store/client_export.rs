//! Client records in the order of ids, page after page off one cursor, for files that hold them all.

use diesel::prelude::*;

use super::client_phones::{self, ClientPhone};
use super::clients::{self, Client};
use super::schema::{client_phones as phones, client_positions, clients as records, opt_outs};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, LeadStatusId, UserId};

/// Which records are wanted; without a filter, every one.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only those on which this user holds a position: their scope.
    pub scope: Option<UserId>,
    pub status: Option<LeadStatusId>,
    pub holder: Option<UserId>,
    pub opted_out: bool,
}

/// The next records, each with its phones.
pub fn page(
    connection: &mut DbConnection,
    wanted: &Wanted,
    after: ClientId,
    limit: i64,
) -> Stored<Vec<(Client, Vec<ClientPhone>)>> {
    let mut query = records::table.select(records::id).filter(records::id.gt(after)).into_boxed();
    for user in [wanted.scope, wanted.holder].into_iter().flatten() {
        let held = client_positions::table.filter(client_positions::user_id.eq(user));
        query = query.filter(records::id.eq_any(held.select(client_positions::client_id)));
    }
    if let Some(status) = wanted.status {
        query = query.filter(records::lead_status_id.eq(status));
    }
    if wanted.opted_out {
        let theirs = phones::table.filter(phones::phone.eq_any(opt_outs::table.select(opt_outs::phone)));
        query = query.filter(records::id.eq_any(theirs.select(phones::client_id)));
    }
    let ids: Vec<ClientId> = query.order(records::id).limit(limit).load(connection)?;
    let found = clients::load(connection, &ids)?;
    let mut phones = client_phones::of_clients(connection, &ids)?;
    // Stable: within a client the order stays
    phones.sort_by_key(|(client, _)| *client);
    let of = |id: ClientId| phones.iter().filter(move |(client, _)| *client == id).map(|(_, phone)| phone.clone());
    Ok(found
        .into_iter()
        .map(|client| (of(client.id).collect(), client))
        .map(|(phones, client)| (client, phones))
        .collect())
}
