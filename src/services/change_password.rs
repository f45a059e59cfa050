use chrono::NaiveDateTime;

use super::{By, Done};
use crate::domain::{SessionId, Topic};
use crate::store::{Writer, password_resets, sessions, sign_in_failures, users};

/// A new password for oneself. Every other browser is signed out, and its devices ring no more; this one stays.
///
/// The old one was verified before; that attempt is forgiven, as at the sign-in. `place` is what failures are counted by.
pub fn change_password(
    tx: &mut Writer<'_>,
    by: &By,
    place: &str,
    kept: SessionId,
    password_hash: &str,
    now: NaiveDateTime,
) -> Done<()> {
    let me = by.user.id;
    users::set_password(tx, me, password_hash)?;
    password_resets::delete(tx, me)?;
    for ended in sessions::delete_others(tx, me, kept)? {
        tx.announce(Topic::SessionEnded(ended));
    }
    sign_in_failures::forgive(tx, &users::account(&by.user.email), place)?;
    Ok(by.record(tx, "user.password_changed", format_args!("user {me}"), "", now)?)
}
