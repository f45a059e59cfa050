//! A few rows of an import; the step after it is another job, so that others write in between.

use super::{Outcome, Worker};
use crate::domain::{ImportId, ImportState};
use crate::services::{Error, imports};

pub(super) async fn step(
    worker: &Worker,
    import: ImportId,
    state: ImportState,
    reached: i64,
) -> Result<Outcome, Error> {
    let now = (worker.clock)();
    worker.write(move |tx| imports::step(tx, import, state, reached, now)).await?;
    Ok(Outcome::Done)
}
