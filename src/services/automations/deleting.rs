use chrono::NaiveDateTime;

use super::lines::end;
use super::{find, must_manage};
use crate::domain::{AutomationId, Topic, WhyNot};
use crate::services::{By, Done};
use crate::store::Writer;
use crate::store::automation_runs;
use crate::store::automations as store;

/// So many waiting runs are ended with it at once; others end when their time comes.
const AT_ONCE: i64 = 500;

/// It sends nothing more. Its name, its runs and its log stay, for the bubbles that name it.
pub fn delete(tx: &mut Writer<'_>, by: &By, id: AutomationId, now: NaiveDateTime) -> Done<()> {
    must_manage(tx, by)?;
    let name = find(tx, id)?.definition.name;
    store::archive(tx, id, now)?;
    for run in automation_runs::waiting(tx, id, 0, AT_ONCE)? {
        end(tx, &run, WhyNot::AutomationDeleted, now)?;
    }
    by.record(tx, "automation.deleted", format_args!("automation {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}
