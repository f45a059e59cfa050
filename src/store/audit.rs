//! The audit log: who did what, when, from where. Append-only; never a message's body.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{audit_log, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{AuditEntryId, UserId};

pub struct Entry<'a> {
    pub actor: Option<UserId>,
    /// What was done, as `user.signed_in`.
    pub action: &'a str,
    /// To what, as `user 7`.
    pub subject: &'a str,
    pub detail: &'a str,
    /// The network address it came from; empty for the command line.
    pub address: &'a str,
}

pub fn record(tx: &mut Writer<'_>, entry: &Entry<'_>, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::at.eq(now),
            audit_log::actor_user_id.eq(entry.actor),
            audit_log::action.eq(entry.action),
            audit_log::subject.eq(entry.subject),
            audit_log::detail.eq(entry.detail),
            audit_log::address.eq(entry.address),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Which entries; what is None does not matter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub actor: Option<UserId>,
    pub action: Option<String>,
    pub from: Option<NaiveDateTime>,
    /// Not included.
    pub until: Option<NaiveDateTime>,
}

/// An entry as it is read.
#[derive(Debug, Clone, Queryable)]
pub struct Logged {
    pub id: AuditEntryId,
    pub at: NaiveDateTime,
    /// Their name today; none for the program itself.
    pub actor: Option<String>,
    pub action: String,
    pub subject: String,
    pub detail: String,
    pub address: String,
}

/// Newest first, from the one before `before` on.
pub fn page(
    connection: &mut DbConnection,
    filter: &Filter,
    before: Option<AuditEntryId>,
    limit: i64,
) -> Stored<Vec<Logged>> {
    let mut query = audit_log::table
        .left_join(users::table)
        .select((
            audit_log::id,
            audit_log::at,
            users::name.nullable(),
            audit_log::action,
            audit_log::subject,
            audit_log::detail,
            audit_log::address,
        ))
        .order(audit_log::id.desc())
        .limit(limit)
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(audit_log::id.lt(before));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(audit_log::actor_user_id.eq(actor));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_log::action.eq(action.clone()));
    }
    if let Some(from) = filter.from {
        let Some(first) = first_since(connection, from)? else { return Ok(Vec::new()) };
        query = query.filter(audit_log::at.ge(from).and(audit_log::id.ge(first - OUT_OF_ORDER)));
    }
    if let Some(until) = filter.until {
        let Some(last) = last_before(connection, until)? else { return Ok(Vec::new()) };
        query = query.filter(audit_log::at.lt(until).and(audit_log::id.le(last + OUT_OF_ORDER)));
    }
    Ok(query.load(connection)?)
}

/// Several processes write with clocks of their own, so ids and times may disagree for so many entries.
const OUT_OF_ORDER: i64 = 1_000;

/// Dates become ids, so that a page of last year costs as little as one of today.
fn first_since(connection: &mut DbConnection, from: NaiveDateTime) -> Stored<Option<AuditEntryId>> {
    Ok(audit_log::table
        .filter(audit_log::at.ge(from))
        .order((audit_log::at, audit_log::id))
        .select(audit_log::id)
        .first(connection)
        .optional()?)
}

fn last_before(connection: &mut DbConnection, until: NaiveDateTime) -> Stored<Option<AuditEntryId>> {
    Ok(audit_log::table
        .filter(audit_log::at.lt(until))
        .order((audit_log::at.desc(), audit_log::id.desc()))
        .select(audit_log::id)
        .first(connection)
        .optional()?)
}

/// Who did the last thing to this subject; nobody, if it was the program or long ago.
pub fn last_actor(connection: &mut DbConnection, subject: &str) -> Stored<Option<String>> {
    let newest: Option<AuditEntryId> = audit_log::table.select(diesel::dsl::max(audit_log::id)).first(connection)?;
    Ok(audit_log::table
        .inner_join(users::table)
        .filter(audit_log::id.gt(newest.unwrap_or_default() - LOOKED_AT))
        .filter(audit_log::subject.eq(subject))
        .order(audit_log::id.desc())
        .select(users::name)
        .first(connection)
        .optional()?)
}

/// So many entries back, for the question who changed something just now.
const LOOKED_AT: i64 = 1_000;
