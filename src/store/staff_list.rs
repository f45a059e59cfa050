//! The list of users: one page of it, with what stands beside each name.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};

use super::conversations::words;
use super::roles::permission_columns;
use super::schema::{roles, users};
use super::users::{Row, User, select_users, user};
use super::{DbConnection, Stored};
use crate::domain::UserId;

/// Positions are counted so far and no further.
pub const BOUND: i64 = 100;

#[derive(Debug, Clone)]
pub struct Listed {
    pub user: User,
    /// Positions held on client records, up to [`BOUND`].
    pub positions: i64,
    /// When a browser of theirs that is signed in was used last.
    pub last_seen_at: Option<NaiveDateTime>,
}

/// In the order of names, after a given user; those whose name or e-mail holds every word of `search`.
pub fn page(connection: &mut DbConnection, search: &str, after: Option<UserId>, limit: i64) -> Stored<Vec<Listed>> {
    let mut query = select_users!().order((users::name, users::id)).limit(limit).into_boxed();
    for word in words(search) {
        query = query.filter(users::search_terms.like(format!("%{word}%")));
    }
    if let Some(after) = after {
        let name: Option<String> = users::table.find(after).select(users::name).first(connection).optional()?;
        let Some(name) = name else { return Ok(Vec::new()) };
        query = query.filter(users::name.ge(name.clone())).filter(users::name.gt(name).or(users::id.gt(after)));
    }
    let found: Vec<User> = query.load::<Row>(connection)?.into_iter().map(user).collect();
    let mut facts = beside(connection, &found)?;
    Ok(found
        .into_iter()
        .map(|user| {
            let (positions, last_seen_at) = facts.remove(&user.id).unwrap_or_default();
            Listed { user, positions, last_seen_at }
        })
        .collect())
}

#[derive(QueryableByName)]
struct Beside {
    #[diesel(sql_type = BigInt)]
    id: UserId,
    #[diesel(sql_type = BigInt)]
    positions: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    last_seen_at: Option<NaiveDateTime>,
}

/// One query for the whole page; each count reads no further than its bound.
fn beside(connection: &mut DbConnection, people: &[User]) -> Stored<HashMap<UserId, (i64, Option<NaiveDateTime>)>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    // Ids are numbers of ours, so they may stand in the text: how many there are differs from page to page
    let ids = people.iter().map(|user| user.id.to_string()).collect::<Vec<_>>().join(", ");
    let rows: Vec<Beside> = diesel::sql_query(format!(
        "SELECT u.id AS id, \
         (SELECT count(*) FROM (SELECT 1 FROM client_positions p WHERE p.user_id = u.id LIMIT {BOUND}) AS held) AS positions, \
         (SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at \
         FROM users u WHERE u.id IN ({ids})"
    ))
    .load(connection)?;
    Ok(rows.into_iter().map(|row| (row.id, (row.positions, row.last_seen_at))).collect())
}
