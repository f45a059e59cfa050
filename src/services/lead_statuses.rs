//! The list of lead statuses: how far a client has come.

use chrono::NaiveDateTime;

use super::automations::{no_automation_uses, uses_of_lead_status};
use super::client_changes::another_status;
use super::list_entry::{COUNTED, clients, name_among, room_for_one_more};
use super::{By, Done, Error, Job};
use crate::domain::{ClientActivityKind, LeadStatusId, Shift, StatusColour, Topic, UserId};
use crate::store::client_activity::{self, Line};
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
    no_automation_uses(&uses_of_lead_status(tx, id)?, "lead status")?;
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
    let remover = Some(by.user.id);
    if !remove_some(tx, id, heir.id, remover, now)? {
        Job::RemoveLeadStatus { status: id, heir: heir.id, by: remover }.enqueue(tx, now, now)?;
    }
    Ok(())
}

fn have(count: usize) -> String {
    format!("{} {}", clients(count), if count == 1 { "has" } else { "have" })
}

/// One step on the way to its deletion; true once it is gone. If the heir is gone meanwhile, the first of the others is it.
pub fn remove_some(
    tx: &mut Writer<'_>,
    id: LeadStatusId,
    heir: LeadStatusId,
    by: Option<UserId>,
    now: NaiveDateTime,
) -> Done<bool> {
    let (leaving, others): (Vec<LeadStatus>, _) = store::all(tx)?.into_iter().partition(|status| status.id == id);
    let heir = others.iter().find(|other| other.id == heir).or(others.first());
    let (Some(leaving), Some(heir)) = (leaving.first(), heir) else { return Ok(true) };
    let moved = store::replace(tx, id, heir.id, AT_ONCE)?;
    let detail = another_status(&leaving.name, &heir.name);
    let line = |client| Line { client, kind: ClientActivityKind::LeadStatus, detail: detail.clone() };
    client_activity::note(tx, &moved.iter().copied().map(line).collect::<Vec<_>>(), by, now)?;
    let is_last = moved.len() < AT_ONCE as usize;
    // One that an automation came to use meanwhile stays, and nobody has it
    if is_last && uses_of_lead_status(tx, id)?.is_empty() {
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
