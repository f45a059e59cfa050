use chrono::NaiveDateTime;

use crate::domain::{AutomationEvent, MessageId, RunState, UserId, WhyNot};
use crate::services::Done;
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, Run};
use crate::store::{Stored, Writer};

/// A line about the step a run is at.
pub(super) fn line(run: &Run, event: AutomationEvent) -> NewLine<'static> {
    NewLine {
        automation_id: run.automation_id,
        run_id: run.id,
        step: run.step,
        event,
        reason: None,
        detail: "",
        message_id: None,
        user_id: None,
    }
}

/// What became of one text of a run.
pub(super) fn of_text(run: &Run, step: i64, event: AutomationEvent, message: MessageId) -> NewLine<'static> {
    NewLine { step, message_id: Some(message), ..line(run, event) }
}

/// The run ends here, for a reason: before its first text it was skipped, later it stopped.
pub(super) fn end(tx: &mut Writer<'_>, run: &Run, why: WhyNot, now: NaiveDateTime) -> Done<()> {
    let never_sent = run.step == 0;
    let event = if never_sent { AutomationEvent::Skipped } else { AutomationEvent::Stopped };
    automation_log::insert(tx, &NewLine { reason: Some(why), ..line(run, event) }, now)?;
    let state = if never_sent { RunState::Skipped } else { RunState::Stopped };
    Ok(automation_runs::end(tx, run.id, state, now)?)
}

/// Somebody or something stopped it.
pub(super) fn stop(tx: &mut Writer<'_>, run: &Run, why: WhyNot, by: Option<UserId>, now: NaiveDateTime) -> Stored<()> {
    let stopped = NewLine { reason: Some(why), user_id: by, ..line(run, AutomationEvent::Stopped) };
    automation_log::insert(tx, &stopped, now)?;
    automation_runs::end(tx, run.id, RunState::Stopped, now)
}
