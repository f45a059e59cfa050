//! For whom a trigger of time comes true: ranges of an index, the earliest first, some at a time.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{clients, conversation_clients, conversations};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, ConversationId};

/// From one row on, which is not in it any more, until a time, which is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub after: NaiveDateTime,
    /// Of the rows of that very time those with a larger id.
    pub after_id: i64,
    pub until: NaiveDateTime,
    pub limit: i64,
}

/// Somebody whom a trigger may be about, and the time that it counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub client: Option<ClientId>,
    pub conversation: Option<ConversationId>,
    pub at: NaiveDateTime,
    /// The client's own; IANA name.
    pub time_zone: Option<String>,
}

impl Candidate {
    /// Of the row that the range went through.
    pub fn id(&self) -> i64 {
        self.conversation.or(self.client).unwrap_or_default()
    }
}

/// Those with an appointment then.
pub fn appointments(connection: &mut DbConnection, range: &Range) -> Stored<Vec<Candidate>> {
    let rows: Vec<(ClientId, Option<NaiveDateTime>, Option<String>)> = clients::table
        .filter(clients::appointment_at.ge(range.after).and(clients::appointment_at.le(range.until)))
        .filter(clients::appointment_at.gt(range.after).or(clients::id.nullable().gt(range.after_id)))
        .order((clients::appointment_at, clients::id))
        .limit(range.limit)
        .select((clients::id, clients::appointment_at, clients::time_zone))
        .load(connection)?;
    let of = |(client, at, time_zone): (ClientId, Option<NaiveDateTime>, Option<String>)| {
        Some(Candidate { client: Some(client), conversation: None, at: at?, time_zone })
    };
    Ok(rows.into_iter().filter_map(of).collect())
}

macro_rules! waiting {
    ($connection:expr, $since:expr, $range:expr) => {{
        let (connection, range): (&mut DbConnection, &Range) = ($connection, $range);
        let rows: Vec<(ConversationId, Option<NaiveDateTime>)> = conversations::table
            .filter($since.ge(range.after).and($since.le(range.until)))
            .filter($since.gt(range.after).or(conversations::id.nullable().gt(range.after_id)))
            .order(($since, conversations::id))
            .limit(range.limit)
            .select((conversations::id, $since))
            .load(connection)?;
        with_their_clients(connection, rows)
    }};
}

/// Conversations in which we wait for the client since then.
pub fn waited_for(connection: &mut DbConnection, range: &Range) -> Stored<Vec<Candidate>> {
    waiting!(connection, conversations::we_wait_since, range)
}

/// Conversations in which the client waits for us since then.
pub fn waiting(connection: &mut DbConnection, range: &Range) -> Stored<Vec<Candidate>> {
    waiting!(connection, conversations::client_waits_since, range)
}

/// The oldest record linked to a conversation speaks for it.
fn with_their_clients(
    connection: &mut DbConnection,
    rows: Vec<(ConversationId, Option<NaiveDateTime>)>,
) -> Stored<Vec<Candidate>> {
    let ids: Vec<ConversationId> = rows.iter().map(|(id, _)| *id).collect();
    let mut clients = if ids.is_empty() { HashMap::new() } else { oldest_clients(connection, &ids)? };
    let of = |(id, since): (ConversationId, Option<NaiveDateTime>)| {
        let (client, time_zone) = clients.remove(&id).unzip();
        Some(Candidate { client, conversation: Some(id), at: since?, time_zone: time_zone.flatten() })
    };
    Ok(rows.into_iter().filter_map(of).collect())
}

fn oldest_clients(
    connection: &mut DbConnection,
    ids: &[ConversationId],
) -> Stored<HashMap<ConversationId, (ClientId, Option<String>)>> {
    let rows: Vec<(ConversationId, ClientId, Option<String>)> = conversation_clients::table
        .inner_join(clients::table)
        .filter(conversation_clients::conversation_id.eq_any(ids))
        .order((conversation_clients::conversation_id, conversation_clients::client_id.desc()))
        .select((conversation_clients::conversation_id, clients::id, clients::time_zone))
        .load(connection)?;
    // Of several the last one stays
    Ok(rows.into_iter().map(|(id, client, zone)| (id, (client, zone))).collect())
}
