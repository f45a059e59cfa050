//! What the tests stand on: databases, a browser, a push service, the judges, the program as a process.
//! `app` is Crewline itself with a database of its own; everything else knows it only from outside.

use std::time::{Duration, Instant};

pub mod actor;
pub mod app;
pub mod binary;
pub mod browser;
pub mod company;
pub mod devtools;
pub mod judges;
pub mod notifications;
pub mod people;
pub mod postgres;
pub mod program;
pub mod push_service;
pub mod rows;
pub mod stream;
pub mod texting;

/// How long a test waits for something that must happen. Long, because it costs only those that fail.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Asks again and again until there is an answer. Panics with `what` when there is none in time.
pub async fn eventually<T>(what: &str, attempt: impl AsyncFnMut() -> Option<T>) -> T {
    within(PATIENCE, attempt).await.unwrap_or_else(|| panic!("waited {PATIENCE:?} in vain for {what}"))
}

/// The same, for those who want to say more about the failure.
pub async fn within<T>(patience: Duration, mut attempt: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(answer) = attempt().await {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
