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

    /// In a list of what is assigned to somebody, nothing is unassigned: there the filter is offered only to take it off.
    pub fn filters(&self) -> Vec<(ConversationFilter, &'static str)> {
        let all = [
            (ConversationFilter::Unassigned, "Unassigned"),
            (ConversationFilter::Unread, "Unread"),
            (ConversationFilter::Attention, "Needs attention"),
            (ConversationFilter::Open, "Open"),
            (ConversationFilter::Closed, "Closed"),
        ];
        let offered = |filter: &ConversationFilter| {
            self.may_toggle || *filter != ConversationFilter::Unassigned || self.query.has_filter(filter)
        };
        all.into_iter().filter(|(filter, _)| offered(filter)).collect()
    }

    /// What brings a conversation under this filter, and what takes it out, where its name does not say it.
    pub fn hint(&self, filter: &ConversationFilter) -> Option<&'static str> {
        (*filter == ConversationFilter::Attention).then_some(
            "A text that failed or whose fate is unknown, and words of a client that may mean “stop”, bring a \
             conversation here. Answering, closing or blocking it takes it out.",
        )
    }

    /// The hint of the filter that is chosen.
    pub fn chosen_hint(&self) -> Option<&'static str> {
        self.hint(self.query.filter.as_ref()?)
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
            (Some(Unassigned), _, false) => {
                ("Nothing to show", "Your list shows conversations assigned to you: none of them is unassigned.")
            }
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
