//! Finding one client by a few letters or digits, to choose them.

use super::conversation_list::terms;
use super::dialect::{self, Searched};
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
    let terms = terms(query.search);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let before = query.before.unwrap_or(ClientId::MAX);
    let found = dialect::search(connection, Searched::Clients, &terms, query.held_by)?;
    Ok(found.into_iter().filter(|id| *id < before).take(query.limit).collect())
}
