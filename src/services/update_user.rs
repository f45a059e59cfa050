use chrono::NaiveDateTime;

use super::{Done, Error};
use crate::domain::{Topic, UserId};
use crate::store::audit::{self, Entry};
use crate::store::{Writer, sessions, users};

pub fn rename(tx: &mut Writer<'_>, user: UserId, name: &str) -> Done<()> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Error::Invalid("Enter your name.".to_owned())),
        121.. => Err(Error::Invalid("Use at most 120 characters.".to_owned())),
        _ => {
            let known = users::find(tx, user)?.ok_or(Error::NotFound)?;
            if known.name != name {
                users::set_name(tx, user, name)?;
                tx.announce(Topic::Everyone);
            }
            Ok(())
        }
    }
}

/// Lets somebody in or out. Out: their sessions, live streams and push subscriptions end at once.
pub fn set_active(tx: &mut Writer<'_>, user: UserId, active: bool, now: NaiveDateTime) -> Done<()> {
    users::find(tx, user)?.ok_or(Error::NotFound)?;
    users::set_active(tx, user, active)?;
    if !active {
        sessions::delete_of_user(tx, user)?;
    }
    let action = if active { "user.activated" } else { "user.deactivated" };
    let subject = format!("user {user}");
    audit::record(tx, &Entry { actor: None, action, subject: &subject, detail: "", address: "" }, now)?;
    tx.announce(Topic::Permissions(user));
    Ok(())
}
