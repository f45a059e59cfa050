//! The phones of client records.

use diesel::prelude::*;

use super::schema::client_phones;
use super::{DbConnection, Stored, Writer, clients};
use crate::domain::{ClientId, PhoneKind};

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ClientPhone {
    pub kind: PhoneKind,
    /// E.164.
    pub phone: String,
    /// The one that texts go to.
    pub texting: bool,
}

/// The one for texting first.
pub fn of_client(connection: &mut DbConnection, client: ClientId) -> Stored<Vec<ClientPhone>> {
    Ok(client_phones::table
        .filter(client_phones::client_id.eq(client))
        .order((client_phones::texting.desc(), client_phones::id))
        .select((client_phones::kind, client_phones::phone, client_phones::texting))
        .load(connection)?)
}

/// The same for several clients.
pub fn of_clients(connection: &mut DbConnection, clients: &[ClientId]) -> Stored<Vec<(ClientId, ClientPhone)>> {
    Ok(client_phones::table
        .filter(client_phones::client_id.eq_any(clients))
        .order((client_phones::texting.desc(), client_phones::id))
        .select((client_phones::client_id, (client_phones::kind, client_phones::phone, client_phones::texting)))
        .load(connection)?)
}

/// These and no others. What each is found by follows.
pub fn replace(tx: &mut Writer<'_>, client: ClientId, phones: &[ClientPhone]) -> Stored<()> {
    diesel::delete(client_phones::table.filter(client_phones::client_id.eq(client))).execute(&mut **tx)?;
    for phone in phones {
        diesel::insert_into(client_phones::table)
            .values((
                client_phones::client_id.eq(client),
                client_phones::kind.eq(phone.kind),
                client_phones::phone.eq(&phone.phone),
                client_phones::texting.eq(phone.texting),
            ))
            .execute(&mut **tx)?;
    }
    clients::index(tx, client)
}
