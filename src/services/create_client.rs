use chrono::NaiveDateTime;

use super::automations::{self, Happening};
use super::bring_conversations::phone_came;
use super::client_details::ClientDetails;
use super::facts::staff_member;
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_create_client};
use crate::domain::{ClientActivityKind, ClientId};
use crate::store::clients;
use crate::store::{Writer, client_activity, client_phones, client_positions};

/// Enters a client. Conversations with their phones that this person reads are theirs from now on, threads and
/// assignments stay.
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
        phone_came(tx, by, id, &phone.phone, now)?;
    }
    automations::happened(tx, Happening::ClientCreated { client: id }, now)?;
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
