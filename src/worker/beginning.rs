//! Runs of automations that nobody begins but time.

use std::time::Duration as Pause;

use tokio::sync::watch;

use super::Worker;
use crate::services::Error;
use crate::services::automations::{self, Swept};

const EVERY: Pause = Pause::from_secs(30);

impl Worker {
    /// At start and every half minute.
    pub(super) async fn begin_runs_until(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.begin_runs().await {
                tracing::warn!(%error, "automations could not be looked through; trying again");
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    /// Begins every run whose time has come, some in each transaction. One automation that fails holds up no other.
    pub async fn begin_runs(&self) -> Result<(), Error> {
        let now = (self.clock)();
        let mut failed = Ok(());
        for automation in self.read(move |c| automations::to_sweep(c, now)).await? {
            loop {
                match self.write(move |tx| automations::sweep_some(tx, automation, now)).await {
                    Ok(Swept::More) => {}
                    Ok(Swept::Over) => break,
                    Err(error) => {
                        failed = Err(error);
                        break;
                    }
                }
            }
        }
        failed
    }
}
