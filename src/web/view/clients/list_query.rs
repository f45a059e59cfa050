use url::form_urlencoded::Serializer;

use crate::domain::{ClientId, LeadStatusId, UserId};

/// What the list of clients shows, as its address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientsQuery {
    /// The search, as typed.
    pub q: String,
    pub status: Option<LeadStatusId>,
    pub holder: Option<UserId>,
    pub mine: bool,
    pub opted_out: bool,
    pub before: Option<ClientId>,
}

impl ClientsQuery {
    /// The word of `filter=`, if one is chosen.
    pub fn filter(&self) -> Option<&'static str> {
        match (self.mine, self.opted_out) {
            (true, _) => Some("mine"),
            (false, true) => Some("opted_out"),
            (false, false) => None,
        }
    }

    pub fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.status.is_some() || self.holder.is_some() || self.filter().is_some()
    }

    /// The same list from a client on.
    pub fn href_before(&self, id: ClientId) -> String {
        self.address(self.filter(), Some(id))
    }

    /// Choosing the chosen filter takes it off.
    pub fn href_of_filter(&self, filter: &str) -> String {
        let filter = if self.filter() == Some(filter) { None } else { Some(filter) };
        self.address(filter, None)
    }

    pub fn has_status(&self, id: &LeadStatusId) -> bool {
        self.status == Some(*id)
    }

    pub fn has_holder(&self, id: &UserId) -> bool {
        self.holder == Some(*id)
    }

    pub fn has_filter(&self, filter: &str) -> bool {
        self.filter() == Some(filter)
    }

    fn address(&self, filter: Option<&str>, before: Option<ClientId>) -> String {
        let mut query = Serializer::new(String::new());
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        for (name, id) in [("status", self.status), ("holder", self.holder)] {
            if let Some(id) = id {
                query.append_pair(name, &id.to_string());
            }
        }
        if let Some(filter) = filter {
            query.append_pair("filter", filter);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        match query.finish() {
            query if query.is_empty() => "/clients".to_owned(),
            query => format!("/clients?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ClientsQuery;

    #[test]
    fn paging_keeps_what_narrows_the_list_and_choosing_a_chosen_filter_takes_it_off() {
        let query = ClientsQuery { q: "ann & bob".into(), status: Some(3), mine: true, ..ClientsQuery::default() };
        assert_eq!(query.href_before(9), "/clients?q=ann+%26+bob&status=3&filter=mine&before=9");
        assert_eq!(query.href_of_filter("mine"), "/clients?q=ann+%26+bob&status=3");
        assert_eq!(query.href_of_filter("opted_out"), "/clients?q=ann+%26+bob&status=3&filter=opted_out");
        assert_eq!(ClientsQuery::default().href_of_filter("mine"), "/clients?filter=mine");
        assert_eq!(ClientsQuery { mine: true, ..ClientsQuery::default() }.href_of_filter("mine"), "/clients");
    }
}
