//! Who and what decides about many conversations at once: a handful of queries, however many there are.

use std::collections::HashMap;
use std::hash::Hash;

use diesel::prelude::*;

use super::clients::full_name;
use super::conversations::LinkedClient;
use super::schema::{assignments, client_positions, clients, conversation_clients, conversations, opt_outs};
use super::{DbConnection, Stored};
use crate::domain::{ClientId, ConversationId, UserId};

/// A conversation with what its audience and its readers depend on.
#[derive(Debug, Clone)]
pub struct Facts {
    pub id: ConversationId,
    pub phone: String,
    pub blocked: bool,
    pub opted_out: bool,
    pub assigned: Vec<UserId>,
    pub clients: Vec<LinkedClient>,
}

/// The newest first.
pub fn newest(connection: &mut DbConnection, limit: i64) -> Stored<Vec<Facts>> {
    let rows: Vec<Row> = conversations::table
        .order((conversations::last_message_at.desc(), conversations::id.desc()))
        .limit(limit)
        .select((conversations::id, conversations::phone, conversations::blocked))
        .load(connection)?;
    complete(connection, rows)
}

/// These, in no order.
pub fn of(connection: &mut DbConnection, ids: &[ConversationId]) -> Stored<Vec<Facts>> {
    let rows: Vec<Row> = conversations::table
        .filter(conversations::id.eq_any(ids))
        .select((conversations::id, conversations::phone, conversations::blocked))
        .load(connection)?;
    complete(connection, rows)
}

type Row = (ConversationId, String, bool);

fn complete(connection: &mut DbConnection, rows: Vec<Row>) -> Stored<Vec<Facts>> {
    let ids: Vec<ConversationId> = rows.iter().map(|(id, ..)| *id).collect();
    let phones: Vec<&str> = rows.iter().map(|(_, phone, _)| phone.as_str()).collect();
    let opted_out: Vec<String> =
        opt_outs::table.filter(opt_outs::phone.eq_any(&phones)).select(opt_outs::phone).load(connection)?;
    let assigned: Vec<(ConversationId, UserId)> = assignments::table
        .filter(assignments::conversation_id.eq_any(&ids))
        .order(assignments::user_id)
        .select((assignments::conversation_id, assignments::user_id))
        .load(connection)?;
    let mut assigned = grouped(assigned);
    let mut clients = linked_clients(connection, &ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, phone, blocked)| Facts {
            id,
            opted_out: opted_out.contains(&phone),
            phone,
            blocked,
            assigned: assigned.remove(&id).unwrap_or_default(),
            clients: clients.remove(&id).unwrap_or_default(),
        })
        .collect())
}

fn linked_clients(
    connection: &mut DbConnection,
    ids: &[ConversationId],
) -> Stored<HashMap<ConversationId, Vec<LinkedClient>>> {
    let linked: Vec<(ConversationId, ClientId, String, String, String)> = conversation_clients::table
        .inner_join(clients::table)
        .filter(conversation_clients::conversation_id.eq_any(ids))
        .order(clients::id)
        .select((
            conversation_clients::conversation_id,
            clients::id,
            clients::first_name,
            clients::last_name,
            clients::company,
        ))
        .load(connection)?;
    let clients: Vec<ClientId> = linked.iter().map(|(_, client, ..)| *client).collect();
    let holders: Vec<(ClientId, UserId)> = client_positions::table
        .filter(client_positions::client_id.eq_any(&clients))
        .select((client_positions::client_id, client_positions::user_id))
        .load(connection)?;
    let holders = grouped(holders);
    let client = |(conversation, id, first, last, company): (_, ClientId, String, String, String)| {
        let holders = holders.get(&id).cloned().unwrap_or_default();
        (conversation, LinkedClient { id, name: full_name(&first, &last, &company), holders })
    };
    Ok(grouped(linked.into_iter().map(client)))
}

fn grouped<K: Eq + Hash, V>(pairs: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
