//! Client records with everything on them, page after page of the list, for files that hold them all.

use super::client_list::{self, Query};
use super::client_phones::{self, ClientPhone};
use super::clients::{self, Client};
use super::{DbConnection, Stored};

/// The records of a page of the list, each with its phones. Newest first.
pub fn page(connection: &mut DbConnection, query: &Query) -> Stored<Vec<(Client, Vec<ClientPhone>)>> {
    let ids = client_list::ids(connection, query)?;
    let mut found = clients::load(connection, &ids)?;
    found.reverse();
    let mut phones = client_phones::of_clients(connection, &ids)?;
    // Stable: within a client the order stays
    phones.sort_by_key(|(client, _)| *client);
    let of = |id| phones.iter().filter(move |(client, _)| *client == id).map(|(_, phone)| phone.clone());
    Ok(found
        .into_iter()
        .map(|client| (of(client.id).collect(), client))
        .map(|(phones, client)| (client, phones))
        .collect())
}
