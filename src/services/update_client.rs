use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::automations::{self, Happening};
use super::bring_conversations::phone_came;
use super::client_changes::changes;
use super::client_details::ClientDetails;
use super::facts::{self, staff_member};
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_edit_client, may_read_client};
use crate::domain::{ClientActivityKind, ClientId, ConversationId, PositionId, UserId};
use crate::store::client_activity::{self, Activity};
use crate::store::clients::{self, Client};
use crate::store::{DbConnection, Stored, Writer, client_phones, client_positions, conversations};

/// Makes a record say this and nothing else. A phone that goes leaves its conversations here; one that comes brings
/// those with it that this person reads.
pub fn update_client(
    tx: &mut Writer<'_>,
    by: &By,
    id: ClientId,
    details: &ClientDetails,
    now: NaiveDateTime,
) -> Done<()> {
    change_client(tx, by, id, None, |_| Ok(details.clone()), now)
}

/// Changes what a record says now. `seen` is the newest line of its activity when the page was drawn: what a colleague
/// changed since is not overwritten unread.
pub fn change_client(
    tx: &mut Writer<'_>,
    by: &By,
    id: ClientId,
    seen: Option<i64>,
    change: impl Fn(&ClientDetails) -> Done<ClientDetails>,
    now: NaiveDateTime,
) -> Done<()> {
    let (client, before) = editable(tx, by, id)?;
    if let Some(seen) = seen {
        unchanged_since(tx, id, seen)?;
    }
    let details = change(&before)?.checked(tx, &before.holders)?;
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
        phone_came(tx, by, id, &phone.phone, now)?;
    }
    let renamed = clients::find(tx, id)?.is_some_and(|now| now.name() != client.name());
    for (conversation, seen_by) in readers {
        if renamed {
            conversations::index(tx, conversation)?;
        }
        facts::announce(tx, conversation, &seen_by)?;
    }
    let (from, to) = (before.fields.lead_status_id, details.fields.lead_status_id);
    if from != to {
        automations::happened(tx, Happening::LeadStatus { client: id, from, to }, now)?;
    }
    Ok(())
}

/// How many lines of activity are read to say who came in between.
const MEANWHILE: i64 = 50;

fn unchanged_since(connection: &mut DbConnection, id: ClientId, seen: i64) -> Done<()> {
    let lines = client_activity::page(connection, id, None, MEANWHILE)?;
    let is_other = |line: &&Activity| !matches!(line.kind, ClientActivityKind::Linked | ClientActivityKind::Unlinked);
    let newer: Vec<&Activity> = lines.iter().take_while(|line| line.id > seen).filter(is_other).collect();
    let Some(last) = newer.first() else { return Ok(()) };
    let what: Vec<&str> = newer.iter().rev().map(|line| what(line)).collect();
    Err(Error::Invalid(format!(
        "{} changed this client meanwhile ({}). Nothing was saved; your input is below. Saving again replaces theirs.",
        last.actor.as_deref().unwrap_or("Somebody"),
        what.join(", "),
    )))
}

/// What a line of activity is about.
fn what(line: &Activity) -> &str {
    match line.kind {
        ClientActivityKind::Edited => &line.detail,
        ClientActivityKind::LeadStatus => "lead status",
        ClientActivityKind::Position => "positions",
        ClientActivityKind::Phone => "phones",
        _ => "the whole record",
    }
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
fn readers(connection: &mut DbConnection, id: ClientId) -> Stored<Vec<(ConversationId, Vec<UserId>)>> {
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
