//! What the next step of an automation depends on, beside the record and the conversation themselves.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{conversation_clients, conversations, messages, numbers, opt_outs};
use super::{DbConnection, Stored, Writer, introductions};
use crate::domain::{ClientId, ConversationId, DeliveryStatus, Direction, NumberId};

/// Of all conversations with it, over every number of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneFacts {
    pub opted_out: bool,
    pub blocked: bool,
    pub introduced: bool,
}

pub fn phone(connection: &mut DbConnection, phone: &str) -> Stored<PhoneFacts> {
    let blocked = conversations::table.filter(conversations::phone.eq(phone).and(conversations::blocked.eq(true)));
    let (opted_out, blocked) =
        diesel::select((diesel::dsl::exists(opt_outs::table.find(phone)), diesel::dsl::exists(blocked)))
            .get_result(connection)?;
    Ok(PhoneFacts { opted_out, blocked, introduced: introductions::exists(connection, phone)? })
}

/// Whether a text of ours went to this phone before.
pub fn texted_before(connection: &mut DbConnection, phone: &str, before: NaiveDateTime) -> Stored<bool> {
    let never_left = [DeliveryStatus::Waiting, DeliveryStatus::Blocked, DeliveryStatus::Failed];
    let sent = messages::table
        .inner_join(conversations::table)
        .filter(conversations::phone.eq(phone).and(messages::direction.eq(Direction::Out)))
        .filter(messages::created_at.lt(before).and(messages::status.ne_all(never_left)));
    Ok(diesel::select(diesel::dsl::exists(sent.select(messages::id))).get_result(connection)?)
}

/// The conversation of a client with one of their phones from a number in use, the newest text first.
pub fn conversation_of(connection: &mut DbConnection, client: ClientId, phone: &str) -> Stored<Option<ConversationId>> {
    Ok(conversation_clients::table
        .inner_join(conversations::table.inner_join(numbers::table))
        .filter(conversation_clients::client_id.eq(client).and(conversations::phone.eq(phone)))
        .filter(numbers::active.eq(true))
        .order((conversations::last_message_at.desc(), conversations::id.desc()))
        .select(conversations::id)
        .first(connection)
        .optional()?)
}

/// Since when who waits for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Waiting {
    pub client_waits_since: Option<NaiveDateTime>,
    pub we_wait_since: Option<NaiveDateTime>,
}

pub fn waiting(connection: &mut DbConnection, id: ConversationId) -> Stored<Option<Waiting>> {
    let columns = (conversations::client_waits_since, conversations::we_wait_since);
    Ok(conversations::table.find(id).select(columns).first(connection).optional()?)
}

/// When the next automated text may leave from a number; None if none ever did.
pub fn automated_until(connection: &mut DbConnection, number: NumberId) -> Stored<Option<NaiveDateTime>> {
    Ok(numbers::table.find(number).select(numbers::automated_until).first(connection).optional()?.flatten())
}

pub fn set_automated_until(tx: &mut Writer<'_>, number: NumberId, until: NaiveDateTime) -> Stored<()> {
    diesel::update(numbers::table.find(number)).set(numbers::automated_until.eq(until)).execute(&mut **tx)?;
    Ok(())
}
