//! The list of positions: seats on a client record. Who holds one is *assigned* to that client.

use chrono::NaiveDateTime;

use super::automations::{no_automation_uses, uses_of_position};
use super::client_changes::another_holder;
use super::list_entry::{COUNTED, clients, name_among, room_for_one_more};
use super::merge::settle_merge_names;
use super::{By, Done, Error, Job};
use crate::domain::{ClientActivityKind, ClientId, PositionId, Shift, Topic, UserId};
use crate::store::client_activity::{self, Line};
use crate::store::positions::{self as store, Position};
use crate::store::{DbConnection, Stored, Writer, jobs, users};

pub fn add(tx: &mut Writer<'_>, by: &By, name: &str, now: NaiveDateTime) -> Done<PositionId> {
    let all = store::all(tx)?;
    room_for_one_more(all.len())?;
    let name = name_among(name, all.iter().map(|position| position.name.as_str()))?;
    let ordinal = all.iter().map(|position| position.ordinal + 1).max().unwrap_or(0);
    let id = store::insert(tx, &name, ordinal)?;
    settle_merge_names(tx)?;
    by.record(tx, "position.added", format!("position {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(id)
}

pub fn rename(tx: &mut Writer<'_>, by: &By, id: PositionId, name: &str, now: NaiveDateTime) -> Done<()> {
    let before = find(tx, id)?.name;
    let others = store::all(tx)?;
    let others = others.iter().filter(|other| other.id != id).map(|other| other.name.as_str());
    let name = name_among(name, others)?;
    if name == before {
        return Ok(());
    }
    settle_merge_names(tx)?;
    store::rename(tx, id, &name)?;
    by.record(tx, "position.renamed", format!("position {id}"), &format!("{before} → {name}"), now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

pub fn shift(tx: &mut Writer<'_>, by: &By, id: PositionId, shift: Shift, now: NaiveDateTime) -> Done<()> {
    let name = find(tx, id)?.name;
    let before: Vec<PositionId> = store::all(tx)?.iter().map(|position| position.id).collect();
    let after = shift.applied(before.clone(), id);
    if after != before {
        store::arrange(tx, &after)?;
        by.record(tx, "position.moved", format!("position {id}"), &format!("{name}: {shift}"), now)?;
        tx.announce(Topic::Everyone);
    }
    Ok(())
}

/// Deletes a position; where it is held, only if that is wanted too. Many holders are removed in the background.
pub fn remove(tx: &mut Writer<'_>, by: &By, id: PositionId, also_holders: bool, now: NaiveDateTime) -> Done<()> {
    let name = find(tx, id)?.name;
    if leaving(tx)?.contains(&id) {
        return Ok(());
    }
    no_automation_uses(&uses_of_position(tx, id)?, "position")?;
    let held = store::held(tx, id, COUNTED as i64)?;
    if held > 0 && !also_holders {
        return Err(Error::Invalid(format!(
            "Somebody is {name} of {}. Deleting the position takes it from them: who sees only assigned clients may lose sight of these.",
            clients(held)
        )));
    }
    let detail = if held > 0 { format!("{name}; taken from {}", clients(held)) } else { name };
    by.record(tx, "position.removed", format!("position {id}"), &detail, now)?;
    let remover = Some(by.user.id);
    if !remove_some(tx, id, remover, now)? {
        Job::RemovePosition { position: id, by: remover }.enqueue(tx, now, now)?;
    }
    Ok(())
}

/// One step on the way to its deletion; true once it is gone.
pub fn remove_some(tx: &mut Writer<'_>, id: PositionId, by: Option<UserId>, now: NaiveDateTime) -> Done<bool> {
    let Some(position) = store::find(tx, id)? else { return Ok(true) };
    let taken = store::clear(tx, id, AT_ONCE)?;
    let people = users::all(tx)?;
    let line = |(client, holder): &(ClientId, UserId)| {
        let holder = people.iter().find(|user| user.id == *holder).map(|user| user.name.as_str());
        let detail = another_holder(&position.name, holder, None);
        Line { client: *client, kind: ClientActivityKind::Position, detail }
    };
    client_activity::note(tx, &taken.iter().map(line).collect::<Vec<_>>(), by, now)?;
    let is_last = taken.len() < AT_ONCE as usize;
    // One that an automation came to use meanwhile stays, held by nobody
    if is_last && uses_of_position(tx, id)?.is_empty() {
        settle_merge_names(tx)?;
        store::delete(tx, id)?;
    }
    // Whoever sees only assigned clients sees fewer of them
    tx.announce(Topic::Everyone);
    Ok(is_last)
}

/// Of so many clients it is taken in one transaction.
const AT_ONCE: i64 = 500;

/// Those that are being deleted in the background.
pub fn leaving(connection: &mut DbConnection) -> Stored<Vec<PositionId>> {
    let payloads = jobs::payloads(connection, Job::REMOVE_POSITION)?;
    let parsed = payloads.iter().filter_map(|payload| match Job::parse(payload) {
        Ok(Job::RemovePosition { position, .. }) => Some(position),
        _ => None,
    });
    Ok(parsed.collect())
}

fn find(connection: &mut DbConnection, id: PositionId) -> Done<Position> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}
