//! Invites: somebody who was asked to join and has not chosen a password yet. Only a hash of the link's secret is kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{invites, roles, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{InviteId, RoleId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct Invite {
    pub id: InviteId,
    pub name: String,
    pub email: String,
    pub role_id: RoleId,
    pub role: String,
    /// Who asked them.
    pub invited_by: Option<String>,
    pub invited_by_id: Option<UserId>,
    pub expires_at: NaiveDateTime,
}

pub struct NewInvite<'a> {
    pub token_hash: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub role_id: RoleId,
    pub invited_by: UserId,
    pub expires_at: NaiveDateTime,
}

macro_rules! select_invites {
    () => {
        invites::table
            .inner_join(roles::table)
            .left_join(users::table.on(invites::invited_by.eq(users::id.nullable())))
            .select((
                invites::id,
                invites::name,
                invites::email,
                roles::id,
                roles::name,
                users::name.nullable(),
                invites::invited_by,
                invites::expires_at,
            ))
    };
}

pub fn find(connection: &mut DbConnection, id: InviteId) -> Stored<Option<Invite>> {
    Ok(select_invites!().filter(invites::id.eq(id)).first(connection).optional()?)
}

/// The one whose link has this secret, also if it has expired.
pub fn with_token(connection: &mut DbConnection, token_hash: &str) -> Stored<Option<Invite>> {
    Ok(select_invites!().filter(invites::token_hash.eq(token_hash)).first(connection).optional()?)
}

/// The newest first, older than a given one.
pub fn page(connection: &mut DbConnection, before: Option<InviteId>, limit: i64) -> Stored<Vec<Invite>> {
    Ok(select_invites!()
        .filter(invites::id.lt(before.unwrap_or(InviteId::MAX)))
        .order(invites::id.desc())
        .limit(limit)
        .load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, new: &NewInvite<'_>, now: NaiveDateTime) -> Stored<InviteId> {
    Ok(diesel::insert_into(invites::table)
        .values((
            invites::token_hash.eq(new.token_hash),
            invites::name.eq(new.name),
            invites::email.eq(new.email),
            invites::role_id.eq(new.role_id),
            invites::invited_by.eq(new.invited_by),
            invites::created_at.eq(now),
            invites::expires_at.eq(new.expires_at),
        ))
        .returning(invites::id)
        .get_result(&mut **tx)?)
}

/// Another link; the one before opens nothing any more.
pub fn renew(
    tx: &mut Writer<'_>,
    id: InviteId,
    token_hash: &str,
    invited_by: UserId,
    expires_at: NaiveDateTime,
) -> Stored<()> {
    diesel::update(invites::table.find(id))
        .set((
            invites::token_hash.eq(token_hash),
            invites::invited_by.eq(invited_by),
            invites::expires_at.eq(expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn delete(tx: &mut Writer<'_>, id: InviteId) -> Stored<()> {
    diesel::delete(invites::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// Those that somebody made: their links are known to them.
pub fn delete_made_by(tx: &mut Writer<'_>, user: UserId) -> Stored<usize> {
    Ok(diesel::delete(invites::table.filter(invites::invited_by.eq(user))).execute(&mut **tx)?)
}
