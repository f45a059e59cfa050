//! What a deactivated user held, a few rows at a time.

use super::{Outcome, Worker};
use crate::domain::HandOverId;
use crate::services::Error;
use crate::services::hand_over::{self, Step};

/// So many steps are made before the lease is taken anew; together they take far less than it lasts.
const STEPS: usize = 20;

pub(super) async fn go_on(worker: &Worker, hand_over: HandOverId) -> Result<Outcome, Error> {
    for _ in 0..STEPS {
        let now = (worker.clock)();
        if worker.write(move |tx| hand_over::step(tx, hand_over, now)).await? == Step::Over {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::More)
}
