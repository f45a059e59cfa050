use chrono::NaiveDateTime;

use super::{By, Done, Error};
use crate::domain::{SessionId, Topic};
use crate::store::{Writer, sessions};

/// Signs one of one's own browsers out; its devices ring no more.
pub fn end_session(tx: &mut Writer<'_>, by: &By, id: SessionId, now: NaiveDateTime) -> Done<()> {
    let me = by.user.id;
    if !sessions::delete_own(tx, me, id)? {
        return Err(Error::NotFound);
    }
    tx.announce(Topic::SessionEnded(id));
    Ok(by.record(tx, "user.signed_out", format_args!("user {me}"), "another browser", now)?)
}

/// Signs every browser of one's own out but this one.
pub fn end_other_sessions(tx: &mut Writer<'_>, by: &By, kept: SessionId, now: NaiveDateTime) -> Done<()> {
    let me = by.user.id;
    let ended = sessions::delete_others(tx, me, kept)?;
    if ended.is_empty() {
        return Ok(());
    }
    let detail = format!("every other browser ({})", ended.len());
    for id in ended {
        tx.announce(Topic::SessionEnded(id));
    }
    Ok(by.record(tx, "user.signed_out", format_args!("user {me}"), &detail, now)?)
}
