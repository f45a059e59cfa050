use chrono::{Duration, NaiveDateTime};

use super::administering::{actor, must_administer, still_administers};
use super::by::record;
use super::{By, Done, Error};
use crate::domain::{Topic, UserId};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, Writer, password_resets, sessions, sign_in_failures, users};

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

/// Whose link this is, while it is valid, they are active, and whoever made it may still decide about them.
pub fn open_reset(connection: &mut DbConnection, token_hash: &str, now: NaiveDateTime) -> Stored<Option<User>> {
    let Some((user, maker)) = password_resets::open(connection, token_hash, now)? else { return Ok(None) };
    let Some(user) = users::find(connection, user)?.filter(|user| user.active) else { return Ok(None) };
    Ok(still_administers(connection, maker, &user.may)?.then_some(user))
}

/// The new password. What they tried before at this place, as failures are counted, is forgiven: they may sign in at once.
/// They are signed out everywhere, and no device rings until they signed in again.
pub fn reset_password(
    tx: &mut Writer<'_>,
    token_hash: &str,
    password_hash: &str,
    address: &str,
    place: &str,
    now: NaiveDateTime,
) -> Done<UserId> {
    let User { id: user, email, .. } = open_reset(tx, token_hash, now)?.ok_or(Error::NotFound)?;
    users::set_password(tx, user, password_hash)?;
    password_resets::delete(tx, user)?;
    sessions::delete_of_user(tx, user)?;
    sign_in_failures::forgive(tx, &users::account(&email), place)?;
    tx.announce(Topic::Permissions(user));
    record(tx, Some(user), "user.password_reset", format_args!("user {user}"), "by a link", address, now)?;
    Ok(user)
}
