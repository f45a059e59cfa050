use chrono::NaiveDateTime;

use super::{find, must_manage};
use crate::domain::{AutomationEvent, AutomationId, RunState, Topic, WhyNot};
use crate::services::{By, Done};
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, Run};
use crate::store::automations as store;
use crate::store::{Stored, Writer};

/// So many waiting runs are ended with it at once; others end when their time comes.
const AT_ONCE: i64 = 500;

/// It sends nothing more. Its name, its runs and its log stay, for the bubbles that name it.
pub fn delete(tx: &mut Writer<'_>, by: &By, id: AutomationId, now: NaiveDateTime) -> Done<()> {
    must_manage(tx, by)?;
    let name = find(tx, id)?.definition.name;
    store::archive(tx, id, now)?;
    for run in automation_runs::waiting(tx, id, 0, AT_ONCE)? {
        end(tx, &run, now)?;
    }
    by.record(tx, "automation.deleted", format_args!("automation {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

/// A run past its first step has sent something.
fn end(tx: &mut Writer<'_>, run: &Run, now: NaiveDateTime) -> Stored<()> {
    let (state, event) = match run.step {
        0 => (RunState::Skipped, AutomationEvent::Skipped),
        _ => (RunState::Stopped, AutomationEvent::Stopped),
    };
    automation_runs::end(tx, run.id, state, now)?;
    let line = NewLine {
        automation_id: run.automation_id,
        run_id: run.id,
        step: run.step,
        event,
        reason: Some(WhyNot::AutomationDeleted),
        detail: "",
        message_id: None,
        user_id: None,
    };
    automation_log::insert(tx, &line, now)
}
