//! Conversations: all texts between one number of ours and one outside phone.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assignments::carry_unassigned;
use super::clients::{endings, full_name};
use super::schema::{
    assignments, client_positions, clients, conversation_clients, conversations, gateways, numbers, unreads,
};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, ConversationId, Direction, GatewayId, GatewayKind, NumberId, UserId, fold};

#[derive(Debug, Clone, Queryable)]
pub struct Conversation {
    pub id: ConversationId,
    /// The outside phone, or the opaque address of a short code.
    pub phone: String,
    pub number_id: NumberId,
    /// Our phone.
    pub number: String,
    pub gateway_id: GatewayId,
    pub gateway: GatewayKind,
    pub closed: bool,
    pub blocked: bool,
    pub attention: bool,
    pub last_message_at: NaiveDateTime,
}

/// A client linked to a conversation, and who holds positions on the record.
#[derive(Debug, Clone)]
pub struct LinkedClient {
    pub id: ClientId,
    pub name: String,
    pub holders: Vec<UserId>,
}

pub fn find(connection: &mut DbConnection, id: ConversationId) -> Stored<Option<Conversation>> {
    Ok(conversations::table
        .inner_join(numbers::table.inner_join(gateways::table))
        .filter(conversations::id.eq(id))
        .select((
            conversations::id,
            conversations::phone,
            numbers::id,
            numbers::phone,
            gateways::id,
            gateways::kind,
            conversations::closed,
            conversations::blocked,
            conversations::attention,
            conversations::last_message_at,
        ))
        .first(connection)
        .optional()?)
}

pub fn between(connection: &mut DbConnection, number: NumberId, phone: &str) -> Stored<Option<ConversationId>> {
    Ok(conversations::table
        .filter(conversations::number_id.eq(number).and(conversations::phone.eq(phone)))
        .select(conversations::id)
        .first(connection)
        .optional()?)
}

/// All conversations with an outside phone, over every number of ours.
pub fn with_phone(connection: &mut DbConnection, phone: &str) -> Stored<Vec<ConversationId>> {
    Ok(conversations::table.filter(conversations::phone.eq(phone)).select(conversations::id).load(connection)?)
}

pub fn linked_clients(connection: &mut DbConnection, id: ConversationId) -> Stored<Vec<LinkedClient>> {
    let rows: Vec<(ClientId, String, String, String)> = conversation_clients::table
        .inner_join(clients::table)
        .filter(conversation_clients::conversation_id.eq(id))
        .order(clients::id)
        .select((clients::id, clients::first_name, clients::last_name, clients::company))
        .load(connection)?;
    let ids: Vec<ClientId> = rows.iter().map(|(client, ..)| *client).collect();
    let holders: Vec<(ClientId, UserId)> = client_positions::table
        .filter(client_positions::client_id.eq_any(&ids))
        .select((client_positions::client_id, client_positions::user_id))
        .load(connection)?;
    Ok(rows
        .into_iter()
        .map(|(client, first, last, company)| LinkedClient {
            id: client,
            name: full_name(&first, &last, &company),
            holders: holders.iter().filter(|(of, _)| *of == client).map(|(_, user)| *user).collect(),
        })
        .collect())
}

/// Whether a phone is blocked: it is so in every conversation with it.
fn is_blocked(connection: &mut DbConnection, phone: &str) -> Stored<bool> {
    let blocked = conversations::table.filter(conversations::phone.eq(phone).and(conversations::blocked.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(blocked)).get_result(connection)?)
}

/// A conversation that begins, linked to the clients who have that phone. With a blocked phone it begins blocked.
pub fn insert(
    tx: &mut Writer<'_>,
    number: NumberId,
    phone: &str,
    clients: &[(ClientId, String)],
    now: NaiveDateTime,
) -> Stored<ConversationId> {
    let names: Vec<&str> = clients.iter().map(|(_, name)| name.as_str()).collect();
    let blocked = is_blocked(tx, phone)?;
    let id = diesel::insert_into(conversations::table)
        .values((
            conversations::number_id.eq(number),
            conversations::phone.eq(phone),
            conversations::search_terms.eq(search_terms(&names, phone)),
            conversations::closed.eq(false),
            conversations::unassigned.eq(!blocked),
            conversations::attention.eq(false),
            conversations::blocked.eq(blocked),
            conversations::last_message_at.eq(now),
            conversations::last_preview.eq(""),
            conversations::last_direction.eq(Direction::In),
            conversations::created_at.eq(now),
        ))
        .returning(conversations::id)
        .get_result(&mut **tx)?;
    for (client, _) in clients {
        diesel::insert_into(conversation_clients::table)
            .values((conversation_clients::conversation_id.eq(id), conversation_clients::client_id.eq(client)))
            .execute(&mut **tx)?;
    }
    Ok(id)
}

/// Answers whether the link is new.
pub fn link(tx: &mut Writer<'_>, id: ConversationId, client: ClientId) -> Stored<bool> {
    let there: bool =
        diesel::select(diesel::dsl::exists(conversation_clients::table.find((id, client)))).get_result(&mut **tx)?;
    if !there {
        diesel::insert_into(conversation_clients::table)
            .values((conversation_clients::conversation_id.eq(id), conversation_clients::client_id.eq(client)))
            .execute(&mut **tx)?;
        index(tx, id)?;
    }
    Ok(!there)
}

/// Answers whether there was a link.
pub fn unlink(tx: &mut Writer<'_>, id: ConversationId, client: ClientId) -> Stored<bool> {
    let gone = diesel::delete(conversation_clients::table.find((id, client))).execute(&mut **tx)? > 0;
    index(tx, id)?;
    Ok(gone)
}

/// Those linked to a client, the newest text first.
pub fn of_client(connection: &mut DbConnection, client: ClientId) -> Stored<Vec<ConversationId>> {
    Ok(conversation_clients::table
        .inner_join(conversations::table)
        .filter(conversation_clients::client_id.eq(client))
        .order((conversations::last_message_at.desc(), conversations::id.desc()))
        .select(conversations::id)
        .load(connection)?)
}

/// Writes down again what a conversation is found by, after its clients or their names changed.
pub fn index(tx: &mut Writer<'_>, id: ConversationId) -> Stored<()> {
    let phone: String = conversations::table.find(id).select(conversations::phone).first(&mut **tx)?;
    let clients = linked_clients(tx, id)?;
    let names: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
    diesel::update(conversations::table.find(id))
        .set(conversations::search_terms.eq(search_terms(&names, &phone)))
        .execute(&mut **tx)?;
    Ok(())
}

/// A text came or went: carried to every row that a list is ordered by.
pub fn set_last_message(
    tx: &mut Writer<'_>,
    id: ConversationId,
    at: NaiveDateTime,
    preview: &str,
    direction: Direction,
) -> Stored<()> {
    diesel::update(conversations::table.find(id))
        .set((
            conversations::last_message_at.eq(at),
            conversations::last_preview.eq(preview),
            conversations::last_direction.eq(direction),
        ))
        .execute(&mut **tx)?;
    diesel::update(assignments::table.filter(assignments::conversation_id.eq(id)))
        .set(assignments::last_message_at.eq(at))
        .execute(&mut **tx)?;
    diesel::update(unreads::table.filter(unreads::conversation_id.eq(id)))
        .set(unreads::last_message_at.eq(at))
        .execute(&mut **tx)?;
    Ok(())
}

/// In how many conversations the last word since then is the client's; counting ends at `most`. What is blocked waits for nobody.
pub fn waiting_since(connection: &mut DbConnection, since: NaiveDateTime, most: i64) -> Stored<usize> {
    let waiting: Vec<ConversationId> = conversations::table
        .filter(conversations::last_message_at.ge(since))
        .filter(conversations::last_direction.eq(Direction::In).and(conversations::blocked.eq(false)))
        .order((conversations::last_message_at, conversations::id))
        .limit(most)
        .select(conversations::id)
        .load(connection)?;
    Ok(waiting.len())
}

pub fn set_closed(tx: &mut Writer<'_>, id: ConversationId, closed: bool) -> Stored<()> {
    diesel::update(conversations::table.find(id)).set(conversations::closed.eq(closed)).execute(&mut **tx)?;
    Ok(())
}

pub fn set_attention(tx: &mut Writer<'_>, id: ConversationId, attention: bool) -> Stored<()> {
    diesel::update(conversations::table.find(id)).set(conversations::attention.eq(attention)).execute(&mut **tx)?;
    Ok(())
}

pub fn set_blocked(tx: &mut Writer<'_>, id: ConversationId, blocked: bool) -> Stored<()> {
    diesel::update(conversations::table.find(id)).set(conversations::blocked.eq(blocked)).execute(&mut **tx)?;
    carry_unassigned(tx, id)
}

/// What a conversation is found by: the words of names, and the phone's digits from any of its digits on.
fn search_terms(names: &[&str], phone: &str) -> String {
    let mut terms = words(&names.join(" "));
    terms.extend(endings(phone));
    if phone.chars().filter(char::is_ascii_digit).count() < phone.trim_start_matches('+').len() {
        terms.extend(words(phone));
    }
    terms.join(" ")
}

/// Folded, letters and digits only: both databases then find the same.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::search_terms;

    #[test]
    fn a_conversation_is_found_by_names_and_by_the_phone_from_any_digit_on() {
        assert_eq!(search_terms(&["Zoë Ångström"], "+13035550"), "zoe angstrom 13035550 3035550 035550 35550 5550");
        assert_eq!(search_terms(&["24/7 Acme.com"], "BANK1"), "24 7 acme com bank1");
    }
}
