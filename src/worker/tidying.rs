//! What is deleted from a list of the settings while many clients still have it.

use super::{Outcome, Worker};
use crate::domain::{LeadStatusId, PositionId, UserId};
use crate::services::{Error, lead_statuses, positions};

/// So many transactions in a row, then others may have their turn.
const STEPS: usize = 20;

pub(super) async fn remove_position(
    worker: &Worker,
    position: PositionId,
    by: Option<UserId>,
) -> Result<Outcome, Error> {
    for _ in 0..STEPS {
        let now = (worker.clock)();
        if worker.write(move |tx| positions::remove_some(tx, position, by, now)).await? {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::More)
}

pub(super) async fn remove_lead_status(
    worker: &Worker,
    status: LeadStatusId,
    heir: LeadStatusId,
    by: Option<UserId>,
) -> Result<Outcome, Error> {
    for _ in 0..STEPS {
        let now = (worker.clock)();
        if worker.write(move |tx| lead_statuses::remove_some(tx, status, heir, by, now)).await? {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::More)
}
