use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{By, Done, Error, imports};
use crate::assignment_policy::{ClientRecord, may_delete_client, may_read_client};
use crate::domain::ClientId;
use crate::store::{Writer, client_positions, clients, conversations};

/// Deletes a record, and what imports know of it. Its conversations stay, as those of a phone without a client.
pub fn delete_client(tx: &mut Writer<'_>, by: &By, id: ClientId, now: NaiveDateTime) -> Done<()> {
    let client = clients::find(tx, id)?.ok_or(Error::NotFound)?;
    let record = ClientRecord { id, holders: client_positions::holders(tx, id)? };
    let person = staff_member(&by.user);
    if !may_read_client(&person, &record) {
        return Err(Error::NotFound);
    }
    if !may_delete_client(&person, &record) {
        return Err(Error::Forbidden("Your role may not delete clients.".into()));
    }
    let linked = conversations::of_client(tx, id)?;
    let mut seen_by = Vec::new();
    for conversation in &linked {
        seen_by.push(facts::readers_of(tx, *conversation)?);
    }
    imports::forget_client(tx, id)?;
    clients::delete(tx, id)?;
    for (conversation, before) in linked.into_iter().zip(seen_by) {
        conversations::index(tx, conversation)?;
        facts::announce(tx, conversation, &before)?;
    }
    by.record(tx, "client.deleted", format!("client {id}"), &client.name(), now)?;
    Ok(())
}
