//! Many client records at once: who has these phones and addresses, new ones in few statements, small changes of phones.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::clients::{Fields, search_terms};
use super::dialect::{self, native};
use super::schema::{
    client_phones, client_positions, clients, conversation_clients, conversations, messages, opt_outs,
};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, ConversationId, Direction, PositionId, UserId};
use crate::store::client_phones::ClientPhone;

/// A record to be entered.
pub struct NewClient {
    pub fields: Fields,
    pub phones: Vec<ClientPhone>,
    pub holders: Vec<(PositionId, UserId)>,
}

/// Which clients have one of these phones.
pub fn with_phones(connection: &mut DbConnection, phones: &[String]) -> Stored<Vec<(String, ClientId)>> {
    Ok(client_phones::table
        .filter(client_phones::phone.eq_any(phones))
        .select((client_phones::phone, client_phones::client_id))
        .load(connection)?)
}

/// Which clients have one of these e-mail addresses, given and answered in lower case.
pub fn with_emails(connection: &mut DbConnection, emails: &[String]) -> Stored<Vec<(String, ClientId)>> {
    let rows: Vec<(String, ClientId)> = clients::table
        .filter(dialect::ascii_lower_email(connection).eq_any(emails))
        .select((clients::email, clients::id))
        .load(connection)?;
    Ok(rows.into_iter().map(|(email, id)| (email.to_ascii_lowercase(), id)).collect())
}

/// Which conversations are with one of these phones.
pub fn conversations_with(connection: &mut DbConnection, phones: &[String]) -> Stored<Vec<(String, ConversationId)>> {
    Ok(conversations::table
        .filter(conversations::phone.eq_any(phones))
        .select((conversations::phone, conversations::id))
        .load(connection)?)
}

/// Enters new records; their ids in the order given.
pub fn insert(tx: &mut Writer<'_>, new: &[NewClient], now: NaiveDateTime) -> Stored<Vec<ClientId>> {
    let mut ids = Vec::with_capacity(new.len());
    for client in new {
        let phones: Vec<String> = client.phones.iter().map(|phone| phone.phone.clone()).collect();
        let created = (clients::created_at.eq(now), clients::search_terms.eq(search_terms(&client.fields, &phones)));
        let id: ClientId = diesel::insert_into(clients::table)
            .values((&client.fields, created))
            .returning(clients::id)
            .get_result(&mut **tx)?;
        ids.push(id);
    }
    let with_ids = || ids.iter().copied().zip(new);
    let phones: Vec<_> =
        with_ids().flat_map(|(id, client)| client.phones.iter().map(move |phone| (id, phone))).collect();
    insert_phones(tx, &phones)?;
    mark_opted_out(tx, &phones)?;
    let held: Vec<_> = with_ids()
        .flat_map(|(id, client)| client.holders.iter().map(move |held| (id, held)))
        .map(|(id, (position, user))| {
            (
                client_positions::client_id.eq(id),
                client_positions::position_id.eq(*position),
                client_positions::user_id.eq(*user),
            )
        })
        .collect();
    if !held.is_empty() {
        let connection: &mut DbConnection = tx;
        native!(connection, |c| diesel::insert_into(client_positions::table).values(&held).execute(c))?;
    }
    Ok(ids)
}

/// From these phones to those; what both have keeps its row.
pub fn change_phones(tx: &mut Writer<'_>, id: ClientId, from: &[ClientPhone], to: &[ClientPhone]) -> Stored<()> {
    let same = |phone: &ClientPhone| client_phones::client_id.eq(id).and(client_phones::phone.eq(phone.phone.clone()));
    for gone in from.iter().filter(|old| !to.iter().any(|new| new.phone == old.phone)) {
        diesel::delete(client_phones::table.filter(same(gone))).execute(&mut **tx)?;
    }
    for new in to {
        match from.iter().find(|old| old.phone == new.phone) {
            None => insert_phones(tx, &[(id, new)])?,
            Some(old) if old != new => {
                diesel::update(client_phones::table.filter(same(new)))
                    .set((client_phones::kind.eq(new.kind), client_phones::texting.eq(new.texting)))
                    .execute(&mut **tx)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn insert_phones(tx: &mut Writer<'_>, phones: &[(ClientId, &ClientPhone)]) -> Stored<()> {
    if phones.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = phones
        .iter()
        .map(|(id, phone)| {
            (
                client_phones::client_id.eq(*id),
                client_phones::kind.eq(phone.kind),
                client_phones::phone.eq(&phone.phone),
                client_phones::texting.eq(phone.texting),
            )
        })
        .collect();
    let connection: &mut DbConnection = tx;
    native!(connection, |c| diesel::insert_into(client_phones::table).values(&rows).execute(c))?;
    Ok(())
}

/// Whose phone has opted out before they were entered.
fn mark_opted_out(tx: &mut Writer<'_>, phones: &[(ClientId, &ClientPhone)]) -> Stored<()> {
    let written = phones.iter().map(|(_, phone)| &phone.phone);
    let out: Vec<String> =
        opt_outs::table.filter(opt_outs::phone.eq_any(written)).select(opt_outs::phone).load(&mut **tx)?;
    let theirs = phones.iter().filter(|(_, phone)| out.contains(&phone.phone)).map(|(id, _)| *id);
    let ids: Vec<ClientId> = theirs.collect();
    if !ids.is_empty() {
        diesel::update(clients::table.filter(clients::id.eq_any(ids)))
            .set(clients::opted_out.eq(true))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Those of the clients with whom a conversation began since, or to whom a text was sent.
pub fn in_touch_since(connection: &mut DbConnection, ids: &[ClientId], since: NaiveDateTime) -> Stored<Vec<ClientId>> {
    let linked = conversation_clients::table.inner_join(conversations::table);
    let mut found: Vec<ClientId> = linked
        .filter(conversation_clients::client_id.eq_any(ids).and(conversations::created_at.ge(since)))
        .select(conversation_clients::client_id)
        .load(connection)?;
    let texted: Vec<ClientId> = conversation_clients::table
        .inner_join(conversations::table.inner_join(messages::table))
        .filter(conversation_clients::client_id.eq_any(ids))
        .filter(messages::direction.eq(Direction::Out).and(messages::created_at.ge(since)))
        .select(conversation_clients::client_id)
        .distinct()
        .load(connection)?;
    found.extend(texted);
    Ok(found)
}

/// The conversations of these clients.
pub fn conversations_of(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<ConversationId>> {
    Ok(conversation_clients::table
        .filter(conversation_clients::client_id.eq_any(ids))
        .select(conversation_clients::conversation_id)
        .distinct()
        .load(connection)?)
}

/// Their conversations stay.
pub fn delete(tx: &mut Writer<'_>, ids: &[ClientId]) -> Stored<()> {
    diesel::delete(clients::table.filter(clients::id.eq_any(ids))).execute(&mut **tx)?;
    Ok(())
}
