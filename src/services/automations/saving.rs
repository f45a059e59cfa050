use chrono::NaiveDateTime;

use super::{check, find, must_manage};
use crate::domain::{AutomationId, Definition, Topic};
use crate::services::{By, Done, Error};
use crate::store::automations as store;
use crate::store::{DbConnection, Stored, Writer, audit};

/// A new one; it is off until somebody turns it on.
pub fn create(tx: &mut Writer<'_>, by: &By, wanted: &Definition, now: NaiveDateTime) -> Done<AutomationId> {
    must_manage(tx, by)?;
    let wanted = sound(tx, None, wanted)?;
    let id = store::insert(tx, &wanted, now)?;
    by.record(tx, "automation.created", format_args!("automation {id}"), &wanted.name, now)?;
    tx.announce(Topic::Everyone);
    Ok(id)
}

/// Runs that wait take their next step as it is then. `seen` is the version that was looked at: it must still be true.
pub fn update(
    tx: &mut Writer<'_>,
    by: &By,
    id: AutomationId,
    wanted: &Definition,
    seen: Option<i64>,
    now: NaiveDateTime,
) -> Done<()> {
    must_manage(tx, by)?;
    let before = find(tx, id)?;
    if seen.is_some_and(|seen| seen != before.version) {
        let who = changed_by(tx, id)?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Error::Invalid(format!("{who} changed this automation meanwhile; nothing was saved.")));
    }
    let wanted = sound(tx, Some(id), wanted)?;
    if wanted == before.definition {
        return Ok(());
    }
    store::update(tx, id, &wanted, now)?;
    let detail = differences(&before.definition, &wanted);
    by.record(tx, "automation.updated", format_args!("automation {id}"), &detail, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

/// Who changed it last, as the audit log has it.
pub fn changed_by(connection: &mut DbConnection, id: AutomationId) -> Stored<Option<String>> {
    audit::last_actor(connection, &format!("automation {id}"))
}

fn sound(tx: &mut Writer<'_>, id: Option<AutomationId>, wanted: &Definition) -> Done<Definition> {
    let (tidy, faults) = check(tx, id, wanted)?;
    if faults.is_empty() {
        return Ok(tidy);
    }
    Err(Error::Invalid(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")))
}

/// "Reminder: its trigger, its steps". Never a text's words.
fn differences(before: &Definition, after: &Definition) -> String {
    let mut changed = Vec::new();
    if before.name != after.name {
        changed.push(format!("called {} before", before.name));
    }
    for (differs, what) in [
        (before.trigger != after.trigger, "its trigger"),
        (before.conditions != after.conditions, "its conditions"),
        (before.steps != after.steps, "its steps"),
        (before.stop_on_reply != after.stop_on_reply, "whether a reply stops it"),
        (before.number != after.number, "its number"),
    ] {
        if differs {
            changed.push(what.to_owned());
        }
    }
    format!("{}: {}", after.name, changed.join(", "))
}
