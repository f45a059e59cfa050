//! Automations: short transactions, one after the other, on a lane of their own.

use super::{Outcome, Worker};
use crate::domain::{AutomationId, AutomationRunId};
use crate::services::{Error, automations};
use crate::store::jobs::{self, Job as Row};

/// The job goes in the transaction in which its step is taken, so that the next one may be queued there and a run that is
/// held can be called again.
pub(super) async fn step(worker: &Worker, run: AutomationRunId, row: &Row) -> Result<Outcome, Error> {
    let (id, now) = (row.id, (worker.clock)());
    worker
        .write(move |tx| {
            jobs::done(tx, id)?;
            automations::take_step(tx, run, now)
        })
        .await?;
    Ok(Outcome::Settled)
}

pub(super) async fn resume(
    worker: &Worker,
    automation: AutomationId,
    after: AutomationRunId,
    row: &Row,
) -> Result<Outcome, Error> {
    let (id, now) = (row.id, (worker.clock)());
    worker
        .write(move |tx| {
            jobs::done(tx, id)?;
            automations::resume_some(tx, automation, after, now)
        })
        .await?;
    Ok(Outcome::Settled)
}
