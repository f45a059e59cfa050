//! Everything that knows which database it is.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::client_list;
use super::connection::DbConnection;
use super::error::StoreError;
use super::jobs::Job;
use super::schema::jobs;
use crate::domain::{ClientId, ConversationId, UserId};

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

/// The conversations which hold every term as the beginning of one of their words; those assigned to one user only, if one
/// is named. Terms are letters and digits only.
pub fn search_conversations(
    connection: &mut DbConnection,
    terms: &[String],
    of: Option<UserId>,
) -> Result<Vec<ConversationId>, StoreError> {
    let theirs = "SELECT conversation_id FROM assignments WHERE user_id =";
    let sql = match connection {
        DbConnection::Postgres(_) => format!(
            "SELECT id FROM conversations WHERE to_tsvector('simple', search_terms) @@ to_tsquery('simple', $1) \
             AND ($3 = 0 OR id IN ({theirs} $3)) ORDER BY id DESC LIMIT $2"
        ),
        // `?1`, not `$1`: to SQLite that is a name, numbered by where it first stands
        DbConnection::Sqlite(_) => format!(
            "SELECT rowid AS id FROM conversation_search WHERE conversation_search MATCH ?1 \
             AND (?3 = 0 OR rowid IN ({theirs} ?3)) ORDER BY rowid DESC LIMIT ?2"
        ),
    };
    let found: Vec<Found> = diesel::sql_query(sql)
        .bind::<Text, _>(beginnings(connection, terms))
        .bind::<BigInt, _>(MATCHES)
        .bind::<BigInt, _>(of.unwrap_or(0))
        .load(connection)?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// A page of the clients which hold every term as the beginning of one of their words, newest first, narrowed as the list is.
/// Terms are letters and digits only. Each page is read from its cursor on, so that a search has no end but its last match.
pub fn search_clients(
    connection: &mut DbConnection,
    terms: &[String],
    query: &client_list::Query,
) -> Result<Vec<ClientId>, StoreError> {
    let sql = match connection {
        DbConnection::Postgres(_) => {
            // Only what is asked for stands here: behind an OR a subselect is no join any more;
            // and `id + 0`, or a rare word is looked for in every record, newest first, past the index of words
            let held = |user: Option<UserId>, bind: &str| match user {
                Some(_) => format!(" AND id IN (SELECT client_id FROM client_positions WHERE user_id = {bind})"),
                None => String::new(),
            };
            format!(
                "SELECT id FROM clients WHERE to_tsvector('simple', search_terms) @@ to_tsquery('simple', $1) \
                 AND id < $2 AND ($4 = 0 OR lead_status_id = $4) AND (NOT $5 OR opted_out){}{} \
                 ORDER BY id + 0 DESC LIMIT $3",
                held(query.held_by, "$6"),
                held(query.holder, "$7"),
            )
        }
        // The index of words goes first, in the order of the list, whatever SQLite thinks of it
        DbConnection::Sqlite(_) => {
            let held = |bind| {
                format!(
                    "({bind} = 0 OR EXISTS (SELECT 1 FROM client_positions WHERE user_id = {bind} AND client_id = clients.id))"
                )
            };
            format!(
                "SELECT clients.id FROM client_search CROSS JOIN clients ON clients.id = client_search.rowid \
                 WHERE client_search MATCH ?1 AND client_search.rowid < ?2 AND (?4 = 0 OR clients.lead_status_id = ?4) \
                 AND (NOT ?5 OR clients.opted_out) AND {} AND {} ORDER BY client_search.rowid DESC LIMIT ?3",
                held("?6"),
                held("?7"),
            )
        }
    };
    let found: Vec<Found> = diesel::sql_query(sql)
        .bind::<Text, _>(beginnings(connection, terms))
        .bind::<BigInt, _>(query.before.unwrap_or(ClientId::MAX))
        .bind::<BigInt, _>(query.limit)
        .bind::<BigInt, _>(query.lead_status.unwrap_or(0))
        .bind::<Bool, _>(query.opted_out)
        .bind::<BigInt, _>(query.held_by.unwrap_or(0))
        .bind::<BigInt, _>(query.holder.unwrap_or(0))
        .load(connection)?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Every term as the beginning of a word, in the language of the full-text index.
fn beginnings(connection: &DbConnection, terms: &[String]) -> String {
    match connection {
        DbConnection::Postgres(_) => terms.iter().map(|term| format!("{term}:*")).collect::<Vec<_>>().join(" & "),
        DbConnection::Sqlite(_) => terms.iter().map(|term| format!("\"{term}\"*")).collect::<Vec<_>>().join(" "),
    }
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

/// The e-mail address of a client with ASCII letters small, as its index has it.
pub fn ascii_lower_email(connection: &DbConnection) -> diesel::expression::SqlLiteral<Text> {
    diesel::dsl::sql(match connection {
        DbConnection::Postgres(_) => "lower(clients.email COLLATE \"C\")",
        DbConnection::Sqlite(_) => "lower(clients.email)",
    })
}
