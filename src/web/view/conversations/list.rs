use super::{ListQuery, Row};
use crate::domain::{ConversationFilter, ConversationView};

/// The left pane.
#[derive(Debug, Clone)]
pub struct List {
    pub query: ListQuery,
    /// The toggle All / Assigned is there: dashboard access *All*.
    pub may_toggle: bool,
    /// *New text* is there: SMS access Create or more.
    pub may_write: bool,
    /// Newest first.
    pub rows: Vec<Row>,
    /// The cursor after the last row, where there is more.
    pub next_cursor: Option<String>,
}

impl List {
    pub fn views(&self) -> [(ConversationView, &'static str); 2] {
        [(ConversationView::All, "All"), (ConversationView::Assigned, "Assigned")]
    }

    pub fn filters(&self) -> [(ConversationFilter, &'static str); 5] {
        [
            (ConversationFilter::Unassigned, "Unassigned"),
            (ConversationFilter::Unread, "Unread"),
            (ConversationFilter::Attention, "Needs attention"),
            (ConversationFilter::Open, "Open"),
            (ConversationFilter::Closed, "Closed"),
        ]
    }

    pub fn next(&self) -> Option<String> {
        self.next_cursor.as_deref().map(|cursor| self.query.href_before(cursor))
    }

    /// What an empty list says: (what is so, what to do about it).
    pub fn nothing(&self) -> (&'static str, &'static str) {
        use ConversationFilter::*;

        if !self.query.q.is_empty() {
            return ("Nothing found", "Search looks at names and phones. Try fewer letters.");
        }
        match (self.query.filter, self.query.view, self.may_toggle) {
            (Some(Unassigned), ..) => {
                ("Everybody is taken care of", "Every conversation here has somebody responsible.")
            }
            (Some(Unread), ..) => ("You are up to date", "New texts from clients show up here by themselves."),
            (Some(Attention), ..) => ("Nothing needs attention", "Failed texts and unclear replies would wait here."),
            (Some(Closed), ..) => ("Nothing is closed", "Close a conversation when it is done; a new text reopens it."),
            (_, ConversationView::All, true) => {
                ("No conversations yet", "They begin when a client texts one of your numbers, or when you write first.")
            }
            _ => (
                "Nothing is assigned to you",
                "Conversations appear here when a colleague assigns you, or when you answer a client.",
            ),
        }
    }
}
