use chrono::{Duration, NaiveDateTime};

use super::Done;
use crate::domain::UserId;
use crate::store::audit::{self, Entry};
use crate::store::{DbConnection, Stored, Writer, sign_in_failures};

/// Failures are counted over so long.
const WINDOW: Duration = Duration::minutes(15);
/// Failures of one account from one address. Others can still sign in to it, so nobody is locked out by a stranger.
const OF_ACCOUNT_HERE: i64 = 10;
/// Failures from one address, whatever the accounts.
const FROM_ADDRESS: i64 = 100;

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayTry {
    Yes,
    /// Too many failures: wait this long.
    After(Duration),
}

pub fn may_try(connection: &mut DbConnection, account: &str, address: &str, now: NaiveDateTime) -> Stored<MayTry> {
    let failures = sign_in_failures::since(connection, account, address, now - WINDOW)?;
    Ok(if failures.of_account_here >= OF_ACCOUNT_HERE || failures.from_address >= FROM_ADDRESS {
        MayTry::After(failures.oldest.map_or(WINDOW, |oldest| (oldest + WINDOW - now).max(Duration::seconds(1))))
    } else {
        MayTry::Yes
    })
}

pub fn note_failure(tx: &mut Writer<'_>, account: &str, address: &str, now: NaiveDateTime) -> Done<()> {
    sign_in_failures::delete_before(tx, now - WINDOW)?;
    Ok(sign_in_failures::insert(tx, account, address, now)?)
}

pub fn note_success(tx: &mut Writer<'_>, user: UserId, account: &str, address: &str, now: NaiveDateTime) -> Done<()> {
    sign_in_failures::forgive(tx, account, address)?;
    let subject = format!("user {user}");
    let entry = Entry { actor: Some(user), action: "user.signed_in", subject: &subject, detail: "", address };
    Ok(audit::record(tx, &entry, now)?)
}

/// Somebody ended their session. The session itself is the cookie's.
pub fn sign_out(tx: &mut Writer<'_>, user: UserId, address: &str, now: NaiveDateTime) -> Done<()> {
    let subject = format!("user {user}");
    let entry = Entry { actor: Some(user), action: "user.signed_out", subject: &subject, detail: "", address };
    Ok(audit::record(tx, &entry, now)?)
}
