//! What a change of permissions would do, before anybody makes it.

use std::collections::BTreeMap;

use super::facts::staff_member;
use crate::assignment_policy::{ClientRecord, Conversation, Preview, Staff, preview};
use crate::domain::{ClientId, ConversationId, UserId};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored, conversation_facts};

/// So many conversations are looked at one by one, the newest; for the others speaks what holds for all.
pub const EXAMINED: usize = 1_000;

/// A change, foreseen.
#[derive(Debug, Clone)]
pub struct Foreseen {
    pub preview: Preview,
    /// Everybody, as they are now, in the order of names.
    pub people: Vec<User>,
    /// The conversations that were looked at.
    pub conversations: BTreeMap<ConversationId, Examined>,
    /// There are older ones, which were not looked at.
    pub more: bool,
}

/// A conversation that was looked at.
#[derive(Debug, Clone)]
pub struct Examined {
    pub phone: String,
    /// The linked clients with their names.
    pub clients: Vec<(ClientId, String)>,
    pub facts: Conversation,
}

/// What would be different if these people were as given: with other permissions, or deactivated.
pub fn preview_change(connection: &mut DbConnection, changed: &BTreeMap<UserId, Staff>) -> Stored<Foreseen> {
    let people = users::all(connection)?;
    let before: Vec<Staff> = people.iter().map(staff_member).collect();
    let after: Vec<Staff> = before.iter().map(|u| changed.get(&u.id).copied().unwrap_or(*u)).collect();
    let mut newest = conversation_facts::newest(connection, EXAMINED as i64 + 1)?;
    let more = newest.len() > EXAMINED;
    newest.truncate(EXAMINED);
    let mut facts = Vec::with_capacity(newest.len());
    let mut conversations = BTreeMap::new();
    for row in newest {
        let clients = row.clients.iter().map(|client| (client.id, client.name.clone())).collect();
        let records = row.clients.into_iter().map(|client| ClientRecord { id: client.id, holders: client.holders });
        let conversation = Conversation {
            assigned: row.assigned,
            clients: records.collect(),
            opted_out: row.opted_out,
            blocked: row.blocked,
        };
        facts.push((row.id, conversation.clone()));
        conversations.insert(row.id, Examined { phone: row.phone, clients, facts: conversation });
    }
    Ok(Foreseen { preview: preview(&before, &after, &facts), people, conversations, more })
}
