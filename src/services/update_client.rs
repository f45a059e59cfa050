use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::client_details::ClientDetails;
use super::create_client::link_conversations;
use super::facts::{self, staff_member};
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_edit_client, may_read_client};
use crate::domain::{ClientActivityKind, ClientId, OutsideAddress, PositionId, UserId};
use crate::store::clients::{self, Client, Fields};
use crate::store::{
    DbConnection, Stored, Writer, client_activity, client_phones, client_positions, conversations, lead_statuses,
    positions, users,
};

/// Changes a record. A phone that goes leaves its conversations here; one that comes brings those with it.
pub fn update_client(
    tx: &mut Writer<'_>,
    by: &By,
    id: ClientId,
    details: &ClientDetails,
    now: NaiveDateTime,
) -> Done<()> {
    let (client, before) = editable(tx, by, id)?;
    let details = details.checked(tx, &before.holders)?;
    let readers = readers(tx, id)?;
    let changes = changes(tx, &before, &details)?;
    if changes.is_empty() {
        return Ok(());
    }
    clients::update(tx, id, &details.fields)?;
    client_phones::replace(tx, id, &details.phones)?;
    set_holders(tx, id, &before.holders, &details.holders)?;
    for (kind, detail) in &changes {
        client_activity::insert(tx, id, *kind, Some(by.user.id), detail, now)?;
    }
    let what: Vec<&str> = changes.iter().map(|(kind, _)| kind.as_str()).collect();
    by.record(tx, "client.edited", format!("client {id}"), &what.join(", "), now)?;
    for phone in details.phones.iter().filter(|phone| !before.phones.iter().any(|old| old.phone == phone.phone)) {
        link_conversations(tx, id, &phone.phone)?;
    }
    let renamed = clients::find(tx, id)?.is_some_and(|now| now.name() != client.name());
    for (conversation, seen_by) in readers {
        if renamed {
            conversations::index(tx, conversation)?;
        }
        facts::announce(tx, conversation, &seen_by)?;
    }
    Ok(())
}

/// The record as it is, for somebody who may change it.
pub(super) fn editable(connection: &mut DbConnection, by: &By, id: ClientId) -> Done<(Client, ClientDetails)> {
    let client = clients::find(connection, id)?.ok_or(Error::NotFound)?;
    let record = ClientRecord { id, holders: client.positions.iter().map(|held| held.user_id).collect() };
    let person = staff_member(&by.user);
    if !may_read_client(&person, &record) {
        return Err(Error::NotFound);
    }
    if !may_edit_client(&person, &record) {
        return Err(Error::Forbidden("Your role may read this client but not change it."));
    }
    let details = details_of(connection, &client)?;
    Ok((client, details))
}

/// What a record says now, as it would be entered.
pub fn details_of(connection: &mut DbConnection, client: &Client) -> Stored<ClientDetails> {
    Ok(ClientDetails {
        fields: client.fields.clone(),
        phones: client_phones::of_client(connection, client.id)?,
        holders: client.positions.iter().map(|held| (held.position_id, held.user_id)).collect(),
    })
}

/// The conversations of a client, each with who reads it now.
fn readers(connection: &mut DbConnection, id: ClientId) -> Stored<Vec<(i64, Vec<UserId>)>> {
    let ids = conversations::of_client(connection, id)?;
    ids.into_iter().map(|id| Ok((id, facts::readers_of(connection, id)?))).collect()
}

fn set_holders(
    tx: &mut Writer<'_>,
    id: ClientId,
    before: &BTreeMap<PositionId, UserId>,
    after: &BTreeMap<PositionId, UserId>,
) -> Stored<()> {
    for position in before.keys().filter(|position| !after.contains_key(position)) {
        client_positions::leave(tx, id, *position)?;
    }
    for (position, user) in after.iter().filter(|(position, user)| before.get(position) != Some(user)) {
        client_positions::hold(tx, id, *position, *user)?;
    }
    Ok(())
}

/// What is different, a line each.
fn changes(
    connection: &mut DbConnection,
    before: &ClientDetails,
    after: &ClientDetails,
) -> Stored<Vec<(ClientActivityKind, String)>> {
    let mut changes = Vec::new();
    let (old, new) = (&before.fields, &after.fields);
    if old.lead_status_id != new.lead_status_id {
        let statuses = lead_statuses::all(connection)?;
        let name = |id| statuses.iter().find(|status| status.id == id).map_or("", |status| status.name.as_str());
        let detail = format!("{} → {}", name(old.lead_status_id), name(new.lead_status_id));
        changes.push((ClientActivityKind::LeadStatus, detail));
    }
    let edited = edited(old, new);
    if !edited.is_empty() {
        changes.push((ClientActivityKind::Edited, edited.join(", ")));
    }
    if before.phones != after.phones {
        let phones: Vec<String> =
            after.phones.iter().map(|phone| OutsideAddress::from_gateway(&phone.phone).display()).collect();
        let detail = if phones.is_empty() { "None left".to_owned() } else { phones.join(", ") };
        changes.push((ClientActivityKind::Phone, detail));
    }
    if before.holders != after.holders {
        for position in positions::all(connection)? {
            let (left, came) = (before.holders.get(&position.id), after.holders.get(&position.id));
            if left != came {
                let detail = format!("{}: {} → {}", position.name, named(connection, left)?, named(connection, came)?);
                changes.push((ClientActivityKind::Position, detail));
            }
        }
    }
    Ok(changes)
}

fn named(connection: &mut DbConnection, user: Option<&UserId>) -> Stored<String> {
    let user = user.map(|id| users::find(connection, *id)).transpose()?.flatten();
    Ok(user.map_or_else(|| "nobody".to_owned(), |user| user.name))
}

fn edited(old: &Fields, new: &Fields) -> Vec<&'static str> {
    let differs = [
        ("name", (&old.first_name, &old.last_name) != (&new.first_name, &new.last_name)),
        ("company", old.company != new.company),
        ("e-mail", old.email != new.email),
        ("address", old.address != new.address),
        ("time zone", old.time_zone != new.time_zone),
        ("lead source", old.lead_source != new.lead_source),
        ("appointment", old.appointment_at != new.appointment_at),
        ("notes", old.notes != new.notes),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
}
