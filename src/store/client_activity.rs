//! What happened to client records.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::native;
use super::schema::{client_activity, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientActivityKind, ClientId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct Activity {
    pub id: i64,
    pub kind: ClientActivityKind,
    /// Who did it; nobody for what happened by itself.
    pub actor: Option<String>,
    /// In words: "Lead Received → Appointment Set".
    pub detail: String,
    pub at: NaiveDateTime,
}

/// Newest first, from a line on.
pub fn page(connection: &mut DbConnection, client: ClientId, before: Option<i64>, limit: i64) -> Stored<Vec<Activity>> {
    Ok(client_activity::table
        .left_join(users::table)
        .filter(client_activity::client_id.eq(client))
        .filter(client_activity::id.lt(before.unwrap_or(i64::MAX)))
        .order(client_activity::id.desc())
        .limit(limit)
        .select((
            client_activity::id,
            client_activity::kind,
            users::name.nullable(),
            client_activity::detail,
            client_activity::at,
        ))
        .load(connection)?)
}

/// The newest line, 0 before there is one: says which state of the record somebody saw.
pub fn newest(connection: &mut DbConnection, client: ClientId) -> Stored<i64> {
    Ok(client_activity::table
        .filter(client_activity::client_id.eq(client))
        .order(client_activity::id.desc())
        .select(client_activity::id)
        .first(connection)
        .optional()?
        .unwrap_or(0))
}

pub fn insert(
    tx: &mut Writer<'_>,
    client: ClientId,
    kind: ClientActivityKind,
    actor: Option<UserId>,
    detail: &str,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::insert_into(client_activity::table)
        .values((
            client_activity::client_id.eq(client),
            client_activity::kind.eq(kind),
            client_activity::actor_user_id.eq(actor),
            client_activity::detail.eq(detail),
            client_activity::at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What is to stand in the history of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub client: ClientId,
    pub kind: ClientActivityKind,
    pub detail: String,
}

/// More rows than this one statement does not take: each has five values.
const ROWS: usize = 1_000;

/// Lines of many records, in few statements.
pub fn note(tx: &mut Writer<'_>, lines: &[Line], actor: Option<UserId>, now: NaiveDateTime) -> Stored<()> {
    for lines in lines.chunks(ROWS) {
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    client_activity::client_id.eq(line.client),
                    client_activity::kind.eq(line.kind),
                    client_activity::actor_user_id.eq(actor),
                    client_activity::detail.eq(&line.detail),
                    client_activity::at.eq(now),
                )
            })
            .collect();
        let connection: &mut DbConnection = tx;
        native!(connection, |c| diesel::insert_into(client_activity::table).values(&rows).execute(c))?;
    }
    Ok(())
}
