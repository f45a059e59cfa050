use chrono::NaiveDateTime;

use super::About;
use crate::domain::{AutomationEvent, Occurrence, RunState, WhyNot};
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, NewRun};
use crate::store::automations::Automation;
use crate::store::{Stored, Writer};

/// Writes down an occurrence that is not to have its texts, when the first was due, and why. One that has its run
/// already keeps it.
pub(super) fn skip(
    tx: &mut Writer<'_>,
    automation: &Automation,
    occurrence: &Occurrence,
    about: About,
    (due_at, why): (NaiveDateTime, WhyNot),
    now: NaiveDateTime,
) -> Stored<()> {
    let new = NewRun {
        automation_id: automation.id,
        occurrence: &occurrence.to_string(),
        client_id: about.client,
        conversation_id: about.conversation,
        due_at,
        appointment_at: occurrence.appointment_at(),
    };
    let Some(run_id) = automation_runs::insert(tx, &new, now)? else { return Ok(()) };
    let line = NewLine {
        automation_id: automation.id,
        run_id,
        step: 0,
        event: AutomationEvent::Skipped,
        reason: Some(why),
        detail: "",
        message_id: None,
        user_id: None,
    };
    automation_log::insert(tx, &line, now)?;
    automation_runs::end(tx, run_id, RunState::Skipped, now)
}
