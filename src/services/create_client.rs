use chrono::NaiveDateTime;

use super::client_details::ClientDetails;
use super::facts::{self, staff_member};
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_create_client};
use crate::domain::{ClientActivityKind, ClientId};
use crate::store::clients;
use crate::store::{Writer, client_activity, client_phones, client_positions, conversations};

/// Enters a client. Conversations with their phones are theirs from now on, threads and assignments stay.
pub fn create_client(tx: &mut Writer<'_>, by: &By, details: &ClientDetails, now: NaiveDateTime) -> Done<ClientId> {
    let wanted = ClientRecord { id: 0, holders: details.holders.values().copied().collect() };
    if !may_create_client(&staff_member(&by.user), &wanted) {
        return Err(why_not(by));
    }
    let details = details.checked(tx, &Default::default())?;
    let id = clients::insert(tx, &details.fields, now)?;
    client_phones::replace(tx, id, &details.phones)?;
    for (position, user) in &details.holders {
        client_positions::hold(tx, id, *position, *user)?;
    }
    client_activity::insert(tx, id, ClientActivityKind::Created, Some(by.user.id), "", now)?;
    by.record(tx, "client.created", format!("client {id}"), "", now)?;
    for phone in &details.phones {
        link_conversations(tx, id, &phone.phone)?;
    }
    Ok(id)
}

/// With a scope of *assigned*, what is missing is only the position.
fn why_not(by: &By) -> Error {
    let holding = ClientRecord { id: 0, holders: vec![by.user.id] };
    if may_create_client(&staff_member(&by.user), &holding) {
        Error::Invalid(
            "You see only clients on which you hold a position: take one of the positions yourself.".to_owned(),
        )
    } else {
        Error::Forbidden("Your role may not enter new clients.")
    }
}

/// Every conversation with this phone, over all numbers of ours, shows this client from now on.
pub(super) fn link_conversations(tx: &mut Writer<'_>, client: ClientId, phone: &str) -> Done<()> {
    for id in conversations::with_phone(tx, phone)? {
        let before = facts::readers_of(tx, id)?;
        if conversations::link(tx, id, client)? {
            facts::announce(tx, id, &before)?;
        }
    }
    Ok(())
}
