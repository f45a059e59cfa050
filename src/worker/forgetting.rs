//! What imports know of people goes, some rows at a time.

use super::{Outcome, Worker};
use crate::domain::{ImportId, ImportPart};
use crate::services::{Error, imports};
use crate::store::StoreError;

/// So many transactions in a row, then others may have their turn.
const STEPS: usize = 20;

impl Worker {
    /// Looks for imports that are old enough to lose their rows.
    pub async fn forget_old_imports(&self) -> Result<(), StoreError> {
        let now = (self.clock)();
        self.write(move |tx| imports::drop_old(tx, now)).await
    }
}

pub(super) async fn go_on(worker: &Worker, import: ImportId, part: ImportPart) -> Result<Outcome, Error> {
    for _ in 0..STEPS {
        if worker.write(move |tx| imports::forget_some(tx, import, part)).await? {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::More)
}
