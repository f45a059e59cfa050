use chrono::NaiveDateTime;

use crate::domain::{AutomationId, AutomationRunId};
use crate::services::{Done, Job};
use crate::store::{Stored, Writer, automation_runs};

/// So many in one transaction.
const BATCH: i64 = 200;

/// An automation is on again: what it held goes on. Called by whoever turns it on.
pub fn resume(tx: &mut Writer<'_>, automation: AutomationId, now: NaiveDateTime) -> Stored<()> {
    Job::ResumeAutomation { automation, after: 0 }.enqueue(tx, now, now)
}

/// Queues the steps of some runs that wait, and itself for the rest.
pub fn resume_some(
    tx: &mut Writer<'_>,
    automation: AutomationId,
    after: AutomationRunId,
    now: NaiveDateTime,
) -> Done<()> {
    let waiting = automation_runs::waiting(tx, automation, after, BATCH)?;
    for run in &waiting {
        Job::AutomationStep { run: run.id }.enqueue(tx, run.due_at, now)?;
    }
    if let Some(last) = waiting.last().filter(|_| waiting.len() as i64 == BATCH) {
        Job::ResumeAutomation { automation, after: last.id }.enqueue(tx, now, now)?;
    }
    Ok(())
}
