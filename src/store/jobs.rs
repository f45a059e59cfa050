//! The outbox: what is to be done outside of the database, in the order it falls due.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect;
use super::schema::jobs;
use super::{DbConnection, Stored, Writer};
use crate::domain::JobId;

/// A claimed job: ours until the lease ends.
#[derive(Debug, Clone, Queryable)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    /// How often it was tried before.
    pub attempts: i64,
    pub created_at: NaiveDateTime,
}

pub struct NewJob<'a> {
    pub kind: &'a str,
    pub payload: &'a str,
    /// At most one job of this key exists.
    pub dedupe_key: Option<&'a str>,
    pub run_at: NaiveDateTime,
}

/// Answers whether it is new.
pub fn insert(tx: &mut Writer<'_>, new: &NewJob<'_>, now: NaiveDateTime) -> Stored<bool> {
    if let Some(key) = new.dedupe_key {
        let there: bool =
            diesel::select(diesel::dsl::exists(jobs::table.filter(jobs::dedupe_key.eq(key)))).get_result(&mut **tx)?;
        if there {
            return Ok(false);
        }
    }
    diesel::insert_into(jobs::table)
        .values((
            jobs::kind.eq(new.kind),
            jobs::payload.eq(new.payload),
            jobs::dedupe_key.eq(new.dedupe_key),
            jobs::run_at.eq(new.run_at),
            jobs::attempts.eq(0),
            jobs::dead.eq(false),
            jobs::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    tx.wake_worker();
    Ok(true)
}

/// Whether any job of these kinds is due that nobody holds.
pub fn is_due(connection: &mut DbConnection, kinds: &[&str], now: NaiveDateTime) -> Stored<bool> {
    let due = jobs::table
        .filter(jobs::dead.eq(false).and(jobs::run_at.le(now)))
        .filter(jobs::kind.eq_any(kinds))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.le(now)));
    Ok(diesel::select(diesel::dsl::exists(due.select(jobs::id))).get_result(connection)?)
}

/// Takes up to `limit` due jobs of these kinds until `leased_until`; a lease that ran out is taken over.
pub fn claim(
    tx: &mut Writer<'_>,
    kinds: &[&str],
    now: NaiveDateTime,
    leased_until: NaiveDateTime,
    limit: i64,
) -> Stored<Vec<Job>> {
    let due = dialect::due_jobs(tx, kinds, now, limit)?;
    let ids: Vec<JobId> = due.iter().map(|job| job.id).collect();
    diesel::update(jobs::table.filter(jobs::id.eq_any(&ids)))
        .set((jobs::leased_until.eq(leased_until), jobs::attempts.eq(jobs::attempts + 1)))
        .execute(&mut **tx)?;
    Ok(due)
}

pub fn done(tx: &mut Writer<'_>, id: JobId) -> Stored<()> {
    diesel::delete(jobs::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// From now on it is counted how often something else was tried.
pub fn count_anew(tx: &mut Writer<'_>, id: JobId) -> Stored<()> {
    diesel::update(jobs::table.find(id)).set(jobs::attempts.eq(0)).execute(&mut **tx)?;
    Ok(())
}

/// Not finished, and nothing went wrong.
pub fn more(tx: &mut Writer<'_>, id: JobId, now: NaiveDateTime) -> Stored<()> {
    diesel::update(jobs::table.find(id))
        .set((jobs::run_at.eq(now), jobs::leased_until.eq(None::<NaiveDateTime>), jobs::attempts.eq(0)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Not before then, for a reason that is no failure. It counts as made then: patience begins anew.
pub fn later(tx: &mut Writer<'_>, id: JobId, run_at: NaiveDateTime) -> Stored<()> {
    diesel::update(jobs::table.find(id))
        .set((
            jobs::run_at.eq(run_at),
            jobs::created_at.eq(run_at),
            jobs::leased_until.eq(None::<NaiveDateTime>),
            jobs::attempts.eq(0),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn again(tx: &mut Writer<'_>, id: JobId, run_at: NaiveDateTime, error: &str) -> Stored<()> {
    diesel::update(jobs::table.find(id))
        .set((jobs::run_at.eq(run_at), jobs::leased_until.eq(None::<NaiveDateTime>), jobs::last_error.eq(error)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Not tried again by itself.
pub fn bury(tx: &mut Writer<'_>, id: JobId, error: &str) -> Stored<()> {
    diesel::update(jobs::table.find(id))
        .set((jobs::dead.eq(true), jobs::leased_until.eq(None::<NaiveDateTime>), jobs::last_error.eq(error)))
        .execute(&mut **tx)?;
    Ok(())
}

/// What the jobs of this kind are about that are not done yet, at most a hundred of them.
pub fn payloads(connection: &mut DbConnection, kind: &str) -> Stored<Vec<String>> {
    Ok(jobs::table
        .filter(jobs::dead.eq(false).and(jobs::kind.eq(kind)))
        .order(jobs::id)
        .limit(100)
        .select(jobs::payload)
        .load(connection)?)
}

/// Kinds of the jobs that wait, for tests and for the person who looks why nothing happens.
pub fn waiting(connection: &mut DbConnection) -> Stored<Vec<String>> {
    Ok(jobs::table.filter(jobs::dead.eq(false)).order(jobs::id).select(jobs::kind).load(connection)?)
}
