//! The conversations on a client record.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{conversation_clients, conversations, numbers};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, ConversationId};

/// One conversation of a client: never its words.
#[derive(Debug, Clone, Queryable)]
pub struct OnRecord {
    pub id: ConversationId,
    /// The outside phone.
    pub phone: String,
    /// Ours, and how we call it.
    pub number: String,
    pub label: String,
    pub closed: bool,
    pub blocked: bool,
    pub last_message_at: NaiveDateTime,
}

/// Those linked to a client, the newest text first, also with phones that the record no longer has.
pub fn page(connection: &mut DbConnection, client: ClientId, limit: i64) -> Stored<Vec<OnRecord>> {
    Ok(conversation_clients::table
        .inner_join(conversations::table.inner_join(numbers::table))
        .filter(conversation_clients::client_id.eq(client))
        .order((conversations::last_message_at.desc(), conversations::id.desc()))
        .limit(limit)
        .select((
            conversations::id,
            conversations::phone,
            numbers::phone,
            numbers::label,
            conversations::closed,
            conversations::blocked,
            conversations::last_message_at,
        ))
        .load(connection)?)
}
