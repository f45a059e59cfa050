//! Sessions: a signed-in browser. Only a hash of its secret is kept.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{sessions, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{SessionId, UserId};

/// A session ends so long after the sign-in, however much it is used.
pub const LONGEST: Duration = Duration::days(180);

#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub state: String,
    pub created_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

/// A signed-in browser, as its owner sees it.
#[derive(Debug, Clone, Queryable)]
pub struct OpenSession {
    pub id: SessionId,
    /// What the browser said of itself.
    pub user_agent: String,
    /// The network address it signed in from.
    pub address: String,
    pub created_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
}

pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub user_id: UserId,
    /// What the web keeps with it, as JSON.
    pub state: &'a str,
    pub user_agent: &'a str,
    pub address: &'a str,
    pub expires_at: NaiveDateTime,
}

pub fn find(connection: &mut DbConnection, token_hash: &str) -> Stored<Option<Session>> {
    Ok(sessions::table
        .filter(sessions::token_hash.eq(token_hash))
        .select((
            sessions::id,
            sessions::user_id,
            sessions::state,
            sessions::created_at,
            sessions::last_seen_at,
            sessions::expires_at,
        ))
        .first(connection)
        .optional()?)
}

/// Those of a user that have not run out, the newest first, older than a given one.
pub fn of_user(
    connection: &mut DbConnection,
    user: UserId,
    before: Option<SessionId>,
    limit: i64,
    now: NaiveDateTime,
) -> Stored<Vec<OpenSession>> {
    Ok(sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::expires_at.gt(now).and(sessions::created_at.gt(now - LONGEST)))
        .filter(sessions::id.lt(before.unwrap_or(SessionId::MAX)))
        .order(sessions::id.desc())
        .limit(limit)
        .select((sessions::id, sessions::user_agent, sessions::address, sessions::created_at, sessions::last_seen_at))
        .load(connection)?)
}

/// Whether a session is still there and of somebody active.
pub fn is_open(connection: &mut DbConnection, id: SessionId) -> Stored<bool> {
    let open = sessions::table.inner_join(users::table).filter(sessions::id.eq(id).and(users::active.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(open.select(sessions::id))).get_result(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, new: &NewSession<'_>, now: NaiveDateTime) -> Stored<SessionId> {
    Ok(diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(new.token_hash),
            sessions::user_id.eq(new.user_id),
            sessions::state.eq(new.state),
            sessions::user_agent.eq(new.user_agent),
            sessions::address.eq(new.address),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(new.expires_at),
        ))
        .returning(sessions::id)
        .get_result(&mut **tx)?)
}

pub fn set_state(tx: &mut Writer<'_>, token_hash: &str, state: &str) -> Stored<()> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set(sessions::state.eq(state))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn touch(tx: &mut Writer<'_>, id: SessionId, now: NaiveDateTime, expires_at: NaiveDateTime) -> Stored<()> {
    diesel::update(sessions::table.find(id))
        .set((sessions::last_seen_at.eq(now), sessions::expires_at.eq(expires_at)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Its push subscriptions go with it.
pub fn delete(tx: &mut Writer<'_>, token_hash: &str) -> Stored<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(&mut **tx)?;
    Ok(())
}

/// One of a user's own. Answers whether there was one.
pub fn delete_own(tx: &mut Writer<'_>, user: UserId, id: SessionId) -> Stored<bool> {
    let own = sessions::table.filter(sessions::id.eq(id).and(sessions::user_id.eq(user)));
    Ok(diesel::delete(own).execute(&mut **tx)? > 0)
}

/// All of a user's but one. Answers which.
pub fn delete_others(tx: &mut Writer<'_>, user: UserId, kept: SessionId) -> Stored<Vec<SessionId>> {
    let others = sessions::table.filter(sessions::user_id.eq(user).and(sessions::id.ne(kept)));
    let ids: Vec<SessionId> = others.select(sessions::id).load(&mut **tx)?;
    diesel::delete(others).execute(&mut **tx)?;
    Ok(ids)
}

pub fn delete_of_user(tx: &mut Writer<'_>, user: UserId) -> Stored<()> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(&mut **tx)?;
    Ok(())
}

/// Those that were not used for too long or are too old. Answers how many; their push subscriptions go with them.
pub fn delete_expired(tx: &mut Writer<'_>, now: NaiveDateTime) -> Stored<usize> {
    let over = sessions::expires_at.le(now).or(sessions::created_at.le(now - LONGEST));
    Ok(diesel::delete(sessions::table.filter(over)).execute(&mut **tx)?)
}
