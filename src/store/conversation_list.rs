//! One page of the dashboard's list. Every page is one index range, however many conversations there are.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::clients::full_name;
use super::conversations::words;
use super::dialect;
use super::schema::{assignments, clients, conversation_clients, conversations, numbers, roles, unreads, users};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, ConversationFilter, ConversationId, Direction, SmsDashboard, UserId};

/// Which conversations, and from where on.
#[derive(Debug, Clone)]
pub struct Query {
    /// Whose list it is: unread and assigned mean this user's.
    pub user: UserId,
    pub assigned_only: bool,
    pub filter: Option<ConversationFilter>,
    pub search: String,
    pub before: Option<Cursor>,
    pub limit: i64,
}

/// Stands between two rows of the list, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: NaiveDateTime,
    pub id: ConversationId,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: ConversationId,
    pub phone: String,
    /// Our phone, and what it is called.
    pub number: (String, String),
    /// Names of the linked clients; empty for an unknown caller.
    pub clients: Vec<String>,
    pub last_message_at: NaiveDateTime,
    pub preview: String,
    pub direction: Direction,
    pub closed: bool,
    pub blocked: bool,
    pub attention: bool,
    pub unread: bool,
    pub assignees: Vec<Assignee>,
}

/// Who is assigned, and what decides whether a text can notify them.
#[derive(Debug, Clone)]
pub struct Assignee {
    pub id: UserId,
    pub name: String,
    pub active: bool,
    pub sms_dashboard: SmsDashboard,
}

impl Row {
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.last_message_at, id: self.id }
    }
}

/// Newest first.
pub fn page(connection: &mut DbConnection, query: &Query) -> Stored<Vec<Row>> {
    let terms = terms(&query.search);
    if terms.is_empty() && !query.search.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = if terms.is_empty() {
        None
    } else {
        Some(dialect::search_conversations(connection, &terms, query.assigned_only.then_some(query.user))?)
    };
    let ids = if query.assigned_only {
        assigned_ids(connection, query, found)?
    } else if query.filter == Some(ConversationFilter::Unread) {
        unread_ids(connection, query, found)?
    } else {
        all_ids(connection, query, found)?
    };
    rows(connection, query.user, &ids)
}

/// Those of a client record, newest first, as `user` sees them: what is unread is unread to them.
pub fn of_client(
    connection: &mut DbConnection,
    user: UserId,
    client: ClientId,
    before: Option<Cursor>,
    limit: i64,
) -> Stored<Vec<Row>> {
    let mut select = conversation_clients::table
        .inner_join(conversations::table)
        .filter(conversation_clients::client_id.eq(client))
        .select(conversations::id)
        .order((conversations::last_message_at.desc(), conversations::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(before) = before {
        select = select
            .filter(conversations::last_message_at.le(before.at))
            .filter(conversations::last_message_at.lt(before.at).or(conversations::id.lt(before.id)));
    }
    let ids: Vec<ConversationId> = select.load(connection)?;
    rows(connection, user, &ids)
}

/// Narrows a boxed query over `conversations` joined to `$ordered` (the table whose index gives the order).
macro_rules! narrowed {
    ($select:expr, $ordered:ident :: $id:ident, $query:expr, $found:expr) => {{
        let mut select = $select;
        select = match $query.filter {
            Some(ConversationFilter::Unassigned) => select.filter(conversations::unassigned.eq(true)),
            Some(ConversationFilter::Attention) => select.filter(conversations::attention.eq(true)),
            Some(ConversationFilter::Open) => select.filter(conversations::closed.eq(false)),
            Some(ConversationFilter::Closed) => select.filter(conversations::closed.eq(true)),
            Some(ConversationFilter::Unread) | None => select,
        };
        if let Some(before) = $query.before {
            select = select
                .filter($ordered::last_message_at.le(before.at))
                .filter($ordered::last_message_at.lt(before.at).or($ordered::$id.lt(before.id)));
        }
        if let Some(found) = $found {
            select = select.filter(conversations::id.eq_any(found));
        }
        select.order(($ordered::last_message_at.desc(), $ordered::$id.desc())).limit($query.limit)
    }};
}

fn all_ids(
    connection: &mut DbConnection,
    query: &Query,
    found: Option<Vec<ConversationId>>,
) -> Stored<Vec<ConversationId>> {
    let select = conversations::table.select(conversations::id).into_boxed();
    Ok(narrowed!(select, conversations::id, query, found).load(connection)?)
}

fn assigned_ids(
    connection: &mut DbConnection,
    query: &Query,
    found: Option<Vec<ConversationId>>,
) -> Stored<Vec<ConversationId>> {
    let mut select = assignments::table
        .inner_join(conversations::table)
        .filter(assignments::user_id.eq(query.user))
        .select(conversations::id)
        .into_boxed();
    if query.filter == Some(ConversationFilter::Unread) {
        let mine = unreads::table
            .filter(unreads::user_id.eq(query.user))
            .filter(unreads::conversation_id.eq(assignments::conversation_id));
        select = select.filter(diesel::dsl::exists(mine));
    }
    Ok(narrowed!(select, assignments::conversation_id, query, found).load(connection)?)
}

fn unread_ids(
    connection: &mut DbConnection,
    query: &Query,
    found: Option<Vec<ConversationId>>,
) -> Stored<Vec<ConversationId>> {
    let select = unreads::table
        .inner_join(conversations::table)
        .filter(unreads::user_id.eq(query.user))
        .select(conversations::id)
        .into_boxed();
    Ok(narrowed!(select, unreads::conversation_id, query, found).load(connection)?)
}

type Columns = (ConversationId, String, (String, String), NaiveDateTime, String, Direction, bool, bool, bool);

fn rows(connection: &mut DbConnection, user: UserId, ids: &[ConversationId]) -> Stored<Vec<Row>> {
    let mut found: Vec<Columns> = conversations::table
        .inner_join(numbers::table)
        .filter(conversations::id.eq_any(ids))
        .select((
            conversations::id,
            conversations::phone,
            (numbers::phone, numbers::label),
            conversations::last_message_at,
            conversations::last_preview,
            conversations::last_direction,
            conversations::closed,
            conversations::blocked,
            conversations::attention,
        ))
        .load(connection)?;
    found.sort_by_key(|(id, _, _, at, ..)| std::cmp::Reverse((*at, *id)));
    let names: Vec<(ConversationId, String, String, String)> = conversation_clients::table
        .inner_join(clients::table)
        .filter(conversation_clients::conversation_id.eq_any(ids))
        .order(clients::id)
        .select((conversation_clients::conversation_id, clients::first_name, clients::last_name, clients::company))
        .load(connection)?;
    let assigned: Vec<(ConversationId, UserId, String, bool, SmsDashboard)> = assignments::table
        .inner_join(users::table.on(users::id.eq(assignments::user_id)))
        .inner_join(roles::table.on(roles::id.eq(users::role_id)))
        .filter(assignments::conversation_id.eq_any(ids))
        .order((assignments::created_at, users::id))
        .select((assignments::conversation_id, users::id, users::name, users::active, roles::sms_dashboard))
        .load(connection)?;
    let unread: HashSet<ConversationId> = unreads::table
        .filter(unreads::user_id.eq(user).and(unreads::conversation_id.eq_any(ids)))
        .select(unreads::conversation_id)
        .load(connection)?
        .into_iter()
        .collect();
    Ok(found
        .into_iter()
        .map(|(id, phone, number, last_message_at, preview, direction, closed, blocked, attention)| Row {
            id,
            phone,
            number,
            clients: names
                .iter()
                .filter(|(of, ..)| *of == id)
                .map(|(_, first, last, company)| full_name(first, last, company))
                .collect(),
            last_message_at,
            preview,
            direction,
            closed,
            blocked,
            attention,
            unread: unread.contains(&id),
            assignees: assigned
                .iter()
                .filter(|(of, ..)| *of == id)
                .map(|(_, id, name, active, sms_dashboard)| Assignee {
                    id: *id,
                    name: name.clone(),
                    active: *active,
                    sms_dashboard: *sms_dashboard,
                })
                .collect(),
        })
        .collect())
}

/// The words of a search; a phone as people write it is one word.
pub(super) fn terms(search: &str) -> Vec<String> {
    let digits: String = search.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 3 && search.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c)) {
        return vec![digits];
    }
    words(search)
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn a_phone_as_people_write_it_is_one_word_and_nothing_but_letters_and_digits_is_left() {
        assert_eq!(terms("(303) 555-01"), ["30355501"]);
        assert_eq!(terms("Zoë  O'Neil"), ["zoe", "o", "neil"]);
        assert_eq!(terms("'; DROP:*&|!\"("), ["drop"]);
        assert!(terms("  -() ").is_empty());
    }
}
