//! What has to be looked after from time to time.

use std::time::Duration as Pause;

use tokio::sync::watch;

use super::Worker;
use crate::store::{StoreError, sessions};

const EVERY: Pause = Pause::from_secs(300);

impl Worker {
    /// At start and every five minutes: texts missed while we were away, sessions that ran out, imports that are old.
    pub(super) async fn sweep_until(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.catch_up().await {
                tracing::warn!(%error, "texts that were missed could not be stored; trying again later");
            }
            let now = (self.clock)();
            if let Err(error) = self.write(move |tx| sessions::delete_expired(tx, now)).await {
                let error: StoreError = error;
                tracing::warn!(%error, "sessions that ran out could not be ended");
            }
            if let Err(error) = self.forget_old_imports().await {
                tracing::warn!(%error, "the rows of old imports could not be dropped");
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }
}
