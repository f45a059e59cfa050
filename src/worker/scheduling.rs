//! A text whose time has come: from here on it is a text like others, with a job of its own.

use super::{Outcome, Worker};
use crate::domain::ScheduledTextId;
use crate::services::{Error, come_due};

pub(super) async fn come_due_now(worker: &Worker, scheduled: ScheduledTextId) -> Result<Outcome, Error> {
    let now = (worker.clock)();
    worker.write(move |tx| come_due(tx, scheduled, now)).await?;
    Ok(Outcome::Done)
}
