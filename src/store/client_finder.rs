//! Finding one client by a few letters or digits, to choose them.

use super::client_list;
use super::conversation_list::terms;
use super::{DbConnection, Stored};
use crate::domain::{ClientId, UserId};

pub struct Query<'a> {
    /// Names, companies, e-mails, addresses, phones, as people write them.
    pub search: &'a str,
    /// Only records on which this user holds a position.
    pub held_by: Option<UserId>,
    pub before: Option<ClientId>,
    pub limit: usize,
}

/// The newest record first; nothing for a search without a letter or digit.
pub fn find(connection: &mut DbConnection, query: &Query<'_>) -> Stored<Vec<ClientId>> {
    if terms(query.search).is_empty() {
        return Ok(Vec::new());
    }
    let wanted = client_list::Query {
        held_by: query.held_by,
        search: query.search.to_owned(),
        before: query.before,
        limit: i64::try_from(query.limit).unwrap_or(i64::MAX),
        ..client_list::Query::default()
    };
    client_list::ids(connection, &wanted)
}
