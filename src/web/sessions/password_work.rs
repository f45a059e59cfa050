//! Passwords off the async threads, and few at a time: each takes 19 MiB while it is worked on.

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::services::passwords::{self, WeakPassword};
use crate::web::error::Error;

static AT_ONCE: Semaphore = Semaphore::const_new(8);

/// The hash of a password that a person may use. `about` are words that make it easy to guess.
pub async fn choose(password: String, about: Vec<String>) -> Result<Result<String, WeakPassword>, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    let chosen = spawn_blocking(move || {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        match passwords::check(&password, &about) {
            Ok(()) => passwords::hash(&password).map(Ok),
            Err(weak) => Ok(Err(weak)),
        }
    });
    chosen.await.map_err(Error::internal)?.map_err(Error::internal)
}

/// The same work whether or not there is a hash.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    let verified = spawn_blocking(move || passwords::verify(&password, hash.as_deref())).await;
    verified.map_err(Error::internal)
}
