//! Links by which somebody chooses a new password: at most one for each user, and only a hash of its secret.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::password_resets;
use super::{DbConnection, Stored, Writer};
use crate::domain::UserId;

/// Whose link this is and who made it, if it has not expired.
pub fn open(
    connection: &mut DbConnection,
    token_hash: &str,
    now: NaiveDateTime,
) -> Stored<Option<(UserId, Option<UserId>)>> {
    Ok(password_resets::table
        .filter(password_resets::token_hash.eq(token_hash).and(password_resets::expires_at.gt(now)))
        .select((password_resets::user_id, password_resets::made_by))
        .first(connection)
        .optional()?)
}

/// The user's only link: one from before opens nothing any more.
pub fn put(
    tx: &mut Writer<'_>,
    user: UserId,
    token_hash: &str,
    made_by: UserId,
    expires_at: NaiveDateTime,
) -> Stored<()> {
    delete(tx, user)?;
    diesel::insert_into(password_resets::table)
        .values((
            password_resets::user_id.eq(user),
            password_resets::token_hash.eq(token_hash),
            password_resets::made_by.eq(made_by),
            password_resets::expires_at.eq(expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn delete(tx: &mut Writer<'_>, user: UserId) -> Stored<()> {
    diesel::delete(password_resets::table.find(user)).execute(&mut **tx)?;
    Ok(())
}

/// Those that somebody made: their links are known to them.
pub fn delete_made_by(tx: &mut Writer<'_>, user: UserId) -> Stored<()> {
    diesel::delete(password_resets::table.filter(password_resets::made_by.eq(user))).execute(&mut **tx)?;
    Ok(())
}
