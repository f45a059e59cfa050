//! The list of lead statuses: how far a client has come.

use chrono::NaiveDateTime;

use super::list_entry::{COUNTED, clients, name_among, room_for_one_more};
use super::{By, Done, Error, Job};
use crate::domain::{LeadStatusId, Shift, StatusColour, Topic};
use crate::store::lead_statuses::{self as store, LeadStatus};
use crate::store::{DbConnection, Stored, Writer, jobs};

/// How a status is to be; what is None stays, or is usual.
#[derive(Debug, Clone, Default)]
pub struct LeadStatusChange {
    pub name: Option<String>,
    pub colour: Option<StatusColour>,
    pub lost: Option<bool>,
}

pub fn add(tx: &mut Writer<'_>, by: &By, new: &LeadStatusChange, now: NaiveDateTime) -> Done<LeadStatusId> {
    let all = store::all(tx)?;
    room_for_one_more(all.len())?;
    let others = all.iter().map(|status| status.name.as_str());
    let name = name_among(new.name.as_deref().unwrap_or_default(), others)?;
    let ordinal = all.iter().map(|status| status.ordinal + 1).max().unwrap_or(0);
    let colour = new.colour.unwrap_or(StatusColour::Blue);
    let id = store::insert(tx, &name, ordinal, colour.as_str(), new.lost.unwrap_or(false))?;
    by.record(tx, "lead_status.added", format!("lead_status {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(id)
}

pub fn update(
    tx: &mut Writer<'_>,
    by: &By,
    id: LeadStatusId,
    change: &LeadStatusChange,
    now: NaiveDateTime,
) -> Done<()> {
    let all = store::all(tx)?;
    let before = all.iter().find(|status| status.id == id).ok_or(Error::NotFound)?;
    let name = match &change.name {
        Some(name) => name_among(name, all.iter().filter(|other| other.id != id).map(|other| other.name.as_str()))?,
        None => before.name.clone(),
    };
    let stored = before.colour.parse().unwrap_or(StatusColour::Grey);
    let (colour, lost) = (change.colour.unwrap_or(stored), change.lost.unwrap_or(before.lost));
    let mut changes = Vec::new();
    if name != before.name {
        changes.push(format!("{} → {name}", before.name));
    }
    if colour.as_str() != before.colour {
        changes.push(format!("{name}: {} → {colour}", before.colour));
    }
    if lost != before.lost {
        changes.push(format!("{name}: {}", if lost { "the lead is lost" } else { "the lead is not lost" }));
    }
    if changes.is_empty() {
        return Ok(());
    }
    store::update(tx, id, &name, colour, lost)?;
    by.record(tx, "lead_status.updated", format!("lead_status {id}"), &changes.join(". "), now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

pub fn shift(tx: &mut Writer<'_>, by: &By, id: LeadStatusId, shift: Shift, now: NaiveDateTime) -> Done<()> {
    let all = store::all(tx)?;
    let name = all.iter().find(|status| status.id == id).ok_or(Error::NotFound)?.name.clone();
    let before: Vec<LeadStatusId> = all.iter().map(|status| status.id).collect();
    let after = shift.applied(before.clone(), id);
    if after != before {
        store::arrange(tx, &after)?;
        by.record(tx, "lead_status.moved", format!("lead_status {id}"), &format!("{name}: {shift}"), now)?;
        tx.announce(Topic::Everyone);
    }
    Ok(())
}

/// Deletes a status; clients who have it get another one, many of them in the background.
pub fn remove(
    tx: &mut Writer<'_>,
    by: &By,
    id: LeadStatusId,
    move_to: Option<LeadStatusId>,
    now: NaiveDateTime,
) -> Done<()> {
    let all = store::all(tx)?;
    let leaving = leaving(tx)?;
    let status = all.iter().find(|status| status.id == id).ok_or(Error::NotFound)?;
    if leaving.contains(&id) {
        return Ok(());
    }
    let staying: Vec<&LeadStatus> = all.iter().filter(|other| other.id != id && !leaving.contains(&other.id)).collect();
    if staying.is_empty() {
        return Err(Error::Invalid("One lead status has to remain. Add another one first.".to_owned()));
    }
    let had = store::had(tx, id, COUNTED as i64)?;
    let subject = format!("lead_status {id}");
    if had == 0 {
        store::delete(tx, id)?;
        by.record(tx, "lead_status.removed", subject, &status.name, now)?;
        tx.announce(Topic::Everyone);
        return Ok(());
    }
    let heir = match move_to {
        None => {
            let words = format!("{} “{}”. Choose the lead status that they get instead.", have(had), status.name);
            return Err(Error::Invalid(words));
        }
        Some(heir) => staying
            .iter()
            .find(|other| other.id == heir)
            .ok_or_else(|| Error::Invalid("Choose one of the other lead statuses for these clients.".to_owned()))?,
    };
    let detail = format!("{}; {} moved to {}", status.name, clients(had), heir.name);
    by.record(tx, "lead_status.removed", subject, &detail, now)?;
    if !remove_some(tx, id, heir.id)? {
        Job::RemoveLeadStatus { status: id, heir: heir.id }.enqueue(tx, now, now)?;
    }
    Ok(())
}

fn have(count: usize) -> String {
    format!("{} {}", clients(count), if count == 1 { "has" } else { "have" })
}

/// One step on the way to its deletion; true once it is gone. If the heir is gone meanwhile, the first of the others is it.
pub fn remove_some(tx: &mut Writer<'_>, id: LeadStatusId, heir: LeadStatusId) -> Done<bool> {
    let others: Vec<LeadStatusId> =
        store::all(tx)?.iter().map(|status| status.id).filter(|other| *other != id).collect();
    let heir = if others.contains(&heir) { Some(heir) } else { others.first().copied() };
    let Some(heir) = heir else { return Ok(true) };
    let moved = store::replace(tx, id, heir, AT_ONCE)?;
    let is_last = moved < AT_ONCE as usize;
    if is_last {
        store::delete(tx, id)?;
    }
    tx.announce(Topic::Everyone);
    Ok(is_last)
}

/// So many clients get the other status in one transaction.
const AT_ONCE: i64 = 500;

/// Those that are being deleted in the background.
pub fn leaving(connection: &mut DbConnection) -> Stored<Vec<LeadStatusId>> {
    let payloads = jobs::payloads(connection, Job::REMOVE_LEAD_STATUS)?;
    let parsed = payloads.iter().filter_map(|payload| match Job::parse(payload) {
        Ok(Job::RemoveLeadStatus { status, .. }) => Some(status),
        _ => None,
    });
    Ok(parsed.collect())
}
