use chrono::{Duration, NaiveDateTime};

use super::administering::{actor, must_administer};
use super::by::record;
use super::{By, Done, Error};
use crate::domain::{Topic, UserId};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, Writer, password_resets, sessions, users};

/// A link that nobody opened opens nothing after so long.
const VALID: Duration = Duration::hours(24);

/// A link by which somebody chooses a new password; the one before opens nothing any more.
pub fn make_reset_link(tx: &mut Writer<'_>, by: &By, target: UserId, token_hash: &str, now: NaiveDateTime) -> Done<()> {
    let user = users::find(tx, target)?.ok_or(Error::NotFound)?;
    must_administer(&actor(tx, by)?, &user.may)?;
    if target == by.user.id {
        return Err(Error::Invalid("Change your own password in My profile.".to_owned()));
    }
    if !user.active {
        return Err(Error::Invalid(format!("{} is deactivated. Activate them first.", user.name)));
    }
    password_resets::put(tx, target, token_hash, by.user.id, now + VALID)?;
    Ok(by.record(tx, "user.reset_link_made", format_args!("user {target}"), "", now)?)
}

/// Whose link this is, while it is valid and they are active.
pub fn open_reset(connection: &mut DbConnection, token_hash: &str, now: NaiveDateTime) -> Stored<Option<User>> {
    let Some(user) = password_resets::open(connection, token_hash, now)? else { return Ok(None) };
    Ok(users::find(connection, user)?.filter(|user| user.active))
}

/// The new password. They are signed out everywhere, and no device rings until they signed in again.
pub fn reset_password(
    tx: &mut Writer<'_>,
    token_hash: &str,
    password_hash: &str,
    address: &str,
    now: NaiveDateTime,
) -> Done<UserId> {
    let user = open_reset(tx, token_hash, now)?.ok_or(Error::NotFound)?.id;
    users::set_password(tx, user, password_hash)?;
    password_resets::delete(tx, user)?;
    sessions::delete_of_user(tx, user)?;
    tx.announce(Topic::Permissions(user));
    record(tx, Some(user), "user.password_reset", format_args!("user {user}"), "by a link", address, now)?;
    Ok(user)
}
