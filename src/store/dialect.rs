//! Everything that knows which database it is.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::DbConnection;
use super::error::StoreError;
use super::jobs::Job;
use super::schema::jobs;
use crate::domain::UserId;

/// Expands one body once per native connection, for what the shared type cannot do.
macro_rules! native {
    ($connection:expr, |$c:ident| $body:expr) => {
        match &mut *$connection {
            $crate::store::connection::DbConnection::Postgres($c) => $body,
            $crate::store::connection::DbConnection::Sqlite($c) => $body,
        }
    };
}
pub(super) use native;

/// At most so many matches of a search are considered, the newest first: a page costs the same however common a word is.
const MATCHES: i64 = 1_000;

/// What can be searched.
#[derive(Debug, Clone, Copy)]
pub enum Searched {
    /// One user's are those assigned to them.
    Conversations,
    /// One user's are those on which they hold a position.
    Clients,
}

impl Searched {
    /// The table, its full-text index on SQLite, and which rows are one user's.
    const fn tables(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Conversations => {
                ("conversations", "conversation_search", "SELECT conversation_id FROM assignments WHERE user_id =")
            }
            Self::Clients => ("clients", "client_search", "SELECT client_id FROM client_positions WHERE user_id ="),
        }
    }
}

/// The rows which hold every term as the beginning of one of their words; one user's only, if one is named.
/// Terms are letters and digits only.
pub fn search(
    connection: &mut DbConnection,
    what: Searched,
    terms: &[String],
    of: Option<UserId>,
) -> Result<Vec<i64>, StoreError> {
    let (table, index, theirs) = what.tables();
    let (sql, query) = match connection {
        DbConnection::Postgres(_) => (
            format!(
                "SELECT id FROM {table} WHERE to_tsvector('simple', search_terms) @@ to_tsquery('simple', $1) \
                 AND ($3 = 0 OR id IN ({theirs} $3)) ORDER BY id DESC LIMIT $2"
            ),
            terms.iter().map(|term| format!("{term}:*")).collect::<Vec<_>>().join(" & "),
        ),
        DbConnection::Sqlite(_) => (
            // `?1`, not `$1`: to SQLite that is a name, numbered by where it first stands
            format!(
                "SELECT rowid AS id FROM {index} WHERE {index} MATCH ?1 \
                 AND (?3 = 0 OR rowid IN ({theirs} ?3)) ORDER BY rowid DESC LIMIT ?2"
            ),
            terms.iter().map(|term| format!("\"{term}\"*")).collect::<Vec<_>>().join(" "),
        ),
    };
    let found: Vec<Found> = diesel::sql_query(sql)
        .bind::<Text, _>(query)
        .bind::<BigInt, _>(MATCHES)
        .bind::<BigInt, _>(of.unwrap_or(0))
        .load(connection)?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Due jobs that nobody holds. Several processes can ask at once: PostgreSQL skips the rows another one is taking.
pub fn due_jobs(
    connection: &mut DbConnection,
    kinds: &[&str],
    now: NaiveDateTime,
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    let columns = (jobs::id, jobs::kind, jobs::payload, jobs::attempts, jobs::created_at);
    let due = jobs::table
        .filter(jobs::dead.eq(false))
        .filter(jobs::run_at.le(now))
        .filter(jobs::kind.eq_any(kinds))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.le(now)))
        .order((jobs::run_at, jobs::id))
        .limit(limit)
        .select(columns);
    Ok(match connection {
        DbConnection::Postgres(c) => due.for_update().skip_locked().load(c)?,
        DbConnection::Sqlite(c) => due.load(c)?,
    })
}
