use url::form_urlencoded::Serializer;

use crate::domain::{ConversationFilter, ConversationView};

/// What the list shows, as its address says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    pub view: ConversationView,
    pub filter: Option<ConversationFilter>,
    /// The search, as typed.
    pub q: String,
}

impl ListQuery {
    pub fn href(&self) -> String {
        address(self.view, self.filter, &self.q, None)
    }

    /// The same list from a cursor on.
    pub fn href_before(&self, cursor: &str) -> String {
        address(self.view, self.filter, &self.q, Some(cursor))
    }

    pub fn href_of_view(&self, view: &ConversationView) -> String {
        address(*view, self.filter, &self.q, None)
    }

    /// Choosing the chosen filter takes it off.
    pub fn href_of_filter(&self, filter: &ConversationFilter) -> String {
        let filter = (!self.has_filter(filter)).then_some(*filter);
        address(self.view, filter, &self.q, None)
    }

    pub fn has_view(&self, view: &ConversationView) -> bool {
        self.view == *view
    }

    pub fn has_filter(&self, filter: &ConversationFilter) -> bool {
        self.filter == Some(*filter)
    }
}

fn address(view: ConversationView, filter: Option<ConversationFilter>, q: &str, before: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("view", view.as_str());
    if let Some(filter) = filter {
        query.append_pair("filter", filter.as_str());
    }
    if !q.is_empty() {
        query.append_pair("q", q);
    }
    if let Some(before) = before {
        query.append_pair("before", before);
    }
    format!("/conversations?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread() -> ListQuery {
        ListQuery { view: ConversationView::All, filter: Some(ConversationFilter::Unread), q: "ann & bob".to_owned() }
    }

    #[test]
    fn choosing_a_view_keeps_filter_and_search() {
        assert_eq!(
            unread().href_of_view(&ConversationView::Assigned),
            "/conversations?view=assigned&filter=unread&q=ann+%26+bob"
        );
    }

    #[test]
    fn choosing_the_chosen_filter_takes_it_off() {
        assert_eq!(unread().href_of_filter(&ConversationFilter::Unread), "/conversations?view=all&q=ann+%26+bob");
    }
}
