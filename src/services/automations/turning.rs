use chrono::NaiveDateTime;

use super::{find, must_manage, resume};
use crate::domain::{AutomationId, Topic};
use crate::services::{By, Done};
use crate::store::Writer;
use crate::store::automations as store;

/// From now on: what happened while it was off begins nothing, and what was held goes on.
pub fn turn_on(tx: &mut Writer<'_>, by: &By, id: AutomationId, now: NaiveDateTime) -> Done<()> {
    must_manage(tx, by)?;
    let before = find(tx, id)?;
    if before.active {
        return Ok(());
    }
    store::set_active(tx, id, true, now)?;
    store::set_swept(tx, id, now, 0)?;
    resume(tx, id, now)?;
    by.record(tx, "automation.turned_on", format_args!("automation {id}"), &before.definition.name, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

/// What waits is held until it is turned on again.
pub fn turn_off(tx: &mut Writer<'_>, by: &By, id: AutomationId, now: NaiveDateTime) -> Done<()> {
    must_manage(tx, by)?;
    let before = find(tx, id)?;
    if !before.active {
        return Ok(());
    }
    store::set_active(tx, id, false, now)?;
    by.record(tx, "automation.turned_off", format_args!("automation {id}"), &before.definition.name, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}
