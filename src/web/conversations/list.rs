//! The left pane, from the address to its rows.

use chrono::{DateTime, NaiveDateTime};
use serde::Deserialize;

use crate::assignment_policy::{Staff, can_be_told};
use crate::domain::{ConversationFilter, ConversationId, ConversationView, Direction, Permissions, SmsDashboard};
use crate::services::push_text::title_of;
use crate::store::conversation_list::{self, Assignee, Cursor, Query};
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::site::{may_write, time_label, zone};
use crate::web::view::Face;
use crate::web::view::conversations::{List, ListQuery, Row};

const ROWS: usize = 30;
/// A list that was scrolled far is refreshed as far as this.
const MOST_ROWS: usize = 200;

/// What the address asks for; what it does not understand it does not ask for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    view: Option<String>,
    filter: Option<String>,
    #[serde(default)]
    q: String,
    before: Option<String>,
    /// How many rows are on the screen already, when it is refreshed.
    rows: Option<String>,
}

impl Asked {
    /// The view this person chose just now, to be remembered; a page that refreshes itself or scrolls on chooses nothing.
    pub fn chosen_view(&self, user: &User) -> Option<ConversationView> {
        if self.rows.is_some() || self.before.is_some() || !self.q.is_empty() {
            return None;
        }
        let chosen = self.view.as_deref()?.parse().ok()?;
        (user.may.sms_dashboard == SmsDashboard::All && chosen != user.view).then_some(chosen)
    }
}

/// Only what this person sees on the dashboard, whatever the address says.
pub fn list(
    connection: &mut DbConnection,
    user: &User,
    asked: &Asked,
    selected: Option<ConversationId>,
    now: NaiveDateTime,
) -> Stored<List> {
    let may_toggle = user.may.sms_dashboard == SmsDashboard::All;
    let view = match asked.view.as_deref().and_then(|view| view.parse().ok()) {
        _ if !may_toggle => ConversationView::Assigned,
        Some(view) => view,
        None => user.view,
    };
    let filter: Option<ConversationFilter> = asked.filter.as_deref().and_then(|filter| filter.parse().ok());
    let q: String = asked.q.trim().chars().take(100).collect();
    let limit = asked.rows.as_deref().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS).clamp(ROWS, MOST_ROWS);
    let mut found = conversation_list::page(
        connection,
        &Query {
            user: user.id,
            assigned_only: view == ConversationView::Assigned,
            filter,
            search: q.clone(),
            before: asked.before.as_deref().and_then(parse_cursor),
            limit: limit as i64 + 1,
        },
    )?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next_cursor = found.last().filter(|_| more).map(|row| write_cursor(row.cursor()));
    let zone = zone(connection)?;
    let rows = found.into_iter().map(|row| Row {
        id: row.id,
        silent: nobody_hears(&row).then(|| "Nobody who is assigned can be told".to_owned()),
        title: title_of(&row.clients, &row.phone),
        preview: row.preview,
        preview_by: (row.direction == Direction::Out).then(|| "Team".to_owned()),
        time: time_label(now, row.last_message_at, zone),
        unread: row.unread,
        assigned: faces(&row.assignees),
        closed: row.closed,
        blocked: row.blocked,
        attention: row.attention.then(|| "Needs attention".to_owned()),
        selected: selected == Some(row.id),
    });
    Ok(List {
        query: ListQuery { view, filter, q },
        may_toggle,
        may_write: may_write(user),
        rows: rows.collect(),
        next_cursor,
    })
}

pub fn faces(assignees: &[Assignee]) -> Vec<Face> {
    assignees.iter().map(|one| Face::new(one.id, &one.name)).collect()
}

/// Somebody is responsible, and no text would notify them. A blocked phone is meant to.
fn nobody_hears(row: &conversation_list::Row) -> bool {
    !row.blocked && !row.assignees.is_empty() && !row.assignees.iter().any(may_hear)
}

/// The policy looks at nothing else of them than what a row knows.
fn may_hear(one: &Assignee) -> bool {
    let may = Permissions { sms_dashboard: one.sms_dashboard, ..Permissions::NOTHING };
    can_be_told(&Staff { id: one.id, active: one.active, may })
}

pub fn write_cursor(cursor: Cursor) -> String {
    format!("{}-{}", cursor.at.and_utc().timestamp_micros(), cursor.id)
}

pub fn parse_cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('-')?;
    Some(Cursor { at: DateTime::from_timestamp_micros(at.parse().ok()?)?.naive_utc(), id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_written_and_nonsense_is_none() {
        let at = DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap().naive_utc();
        let cursor = Cursor { at, id: 42 };
        assert_eq!(parse_cursor(&write_cursor(cursor)), Some(cursor));
        for nonsense in ["", "-", "1-", "x-1", "99999999999999999999-1", "1-2-3"] {
            assert_eq!(parse_cursor(nonsense), None, "{nonsense}");
        }
    }
}
