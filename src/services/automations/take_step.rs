use chrono::NaiveDateTime;

use super::lines::{end, line};
use super::{Situation, send_step};
use crate::automation::{Decision, PACE, decide};
use crate::domain::{AutomationEvent, AutomationRunId, RunState, WhyNot};
use crate::services::{Done, Job};
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, Run};
use crate::store::{Writer, automation_facts, automations};

/// What the next step of a run needs is looked up, decided and done. Safe to be called at any time and twice: before its
/// time it only waits on. While its automation is off, the run is held as it is.
pub fn take_step(tx: &mut Writer<'_>, id: AutomationRunId, now: NaiveDateTime) -> Done<()> {
    let run = automation_runs::find(tx, id)?.filter(|run| run.state == RunState::Waiting);
    let Some(run) = run else { return Ok(()) };
    let Some(automation) = automations::find(tx, run.automation_id)? else { return Ok(()) };
    if automation.archived {
        return end(tx, &run, WhyNot::AutomationDeleted, now);
    }
    if !automation.active {
        // It goes to the end of the row: others have gone since
        return Ok(automation_runs::wait(tx, id, run.step, run.due_at, false)?);
    }
    let definition = &automation.definition;
    let Some(known) = Situation::of_run(tx, definition, &run, now)? else {
        return Ok(automation_runs::end(tx, id, RunState::Done, now)?);
    };
    match decide(&known.moment(definition, now)) {
        Decision::Send { text, introduces } => send_step::send(tx, definition, &run, &known, &text, introduces, now),
        Decision::Defer { until, why, reserved } => {
            if let Some(why) = why {
                note_deferred(tx, &run, &known, until, why, now)?;
                reserve(tx, &known, until, reserved)?;
            }
            automation_runs::wait(tx, id, run.step, until, reserved)?;
            Ok(Job::AutomationStep { run: id }.enqueue(tx, until, now)?)
        }
        Decision::End { why } => end(tx, &run, why, now),
    }
}

/// Once for each reason, however often it is put off.
fn note_deferred(
    tx: &mut Writer<'_>,
    run: &Run,
    known: &Situation,
    until: NaiveDateTime,
    why: WhyNot,
    now: NaiveDateTime,
) -> Done<()> {
    let detail = known.calendar.until(until);
    let deferred = NewLine { reason: Some(why), detail: &detail, ..line(run, AutomationEvent::Deferred) };
    if !automation_log::stands(tx, &deferred)? {
        automation_log::insert(tx, &deferred, now)?;
    }
    Ok(())
}

/// The next one in the row goes after this one.
fn reserve(tx: &mut Writer<'_>, known: &Situation, slot: NaiveDateTime, reserved: bool) -> Done<()> {
    if let Some(number) = known.number.filter(|_| reserved) {
        automation_facts::set_automated_until(tx, number, slot + PACE)?;
    }
    Ok(())
}
