//! Messages, their pictures and their delivery state.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::schema::{automation_runs, automations, conversations, message_media, messages};
use super::{DbConnection, Stored, Writer};
use crate::domain::{AutomationRunId, ConversationId, DeliveryStatus, Direction, GatewayId, MessageId, UserId};

pub struct NewMessage<'a> {
    pub conversation_id: ConversationId,
    pub direction: Direction,
    pub body: &'a str,
    pub status: DeliveryStatus,
    pub sender: Option<UserId>,
    pub gateway_id: GatewayId,
    pub provider_message_id: Option<&'a str>,
    /// Reads like an opt-out, for a person to confirm.
    pub flagged: bool,
}

#[derive(Debug, Clone, Queryable)]
pub struct Message {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub direction: Direction,
    pub body: String,
    pub status: DeliveryStatus,
    pub error_code: Option<String>,
    pub sender: Option<UserId>,
    pub gateway_id: GatewayId,
    pub provider_message_id: Option<String>,
    pub created_at: NaiveDateTime,
}

macro_rules! select_messages {
    () => {
        messages::table.select((
            messages::id,
            messages::conversation_id,
            messages::direction,
            messages::body,
            messages::status,
            messages::error_code,
            messages::sender_user_id,
            messages::gateway_id,
            messages::provider_message_id,
            messages::created_at,
        ))
    };
}

pub fn find(connection: &mut DbConnection, id: MessageId) -> Stored<Option<Message>> {
    Ok(select_messages!().filter(messages::id.eq(id)).first(connection).optional()?)
}

/// The message that a gateway knows by this id.
pub fn of_provider(connection: &mut DbConnection, gateway: GatewayId, id: &str) -> Stored<Option<Message>> {
    Ok(select_messages!()
        .filter(messages::gateway_id.eq(gateway).and(messages::provider_message_id.eq(id)))
        .first(connection)
        .optional()?)
}

pub fn insert(tx: &mut Writer<'_>, new: &NewMessage<'_>, now: NaiveDateTime) -> Stored<MessageId> {
    Ok(diesel::insert_into(messages::table)
        .values((
            messages::conversation_id.eq(new.conversation_id),
            messages::direction.eq(new.direction),
            messages::body.eq(new.body),
            messages::status.eq(new.status),
            messages::sender_user_id.eq(new.sender),
            messages::gateway_id.eq(new.gateway_id),
            messages::provider_message_id.eq(new.provider_message_id),
            messages::flagged.eq(new.flagged),
            messages::created_at.eq(now),
        ))
        .returning(messages::id)
        .get_result(&mut **tx)?)
}

/// The run and the step of it that a text is of; None for one of a person.
pub fn automation_of(connection: &mut DbConnection, id: MessageId) -> Stored<Option<(AutomationRunId, i64)>> {
    let columns = (messages::automation_run_id, messages::automation_step);
    let found: Option<(Option<AutomationRunId>, Option<i64>)> =
        messages::table.find(id).select(columns).first(connection).optional()?;
    Ok(found.and_then(|(run, step)| run.zip(step)))
}

pub fn set_automation(tx: &mut Writer<'_>, id: MessageId, run: AutomationRunId, step: i64) -> Stored<()> {
    diesel::update(messages::table.find(id))
        .set((messages::automation_run_id.eq(run), messages::automation_step.eq(step)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Texts of automations in a conversation that have not left us and that a reply stops.
pub fn stopped_by_reply(connection: &mut DbConnection, conversation: ConversationId) -> Stored<Vec<MessageId>> {
    Ok(messages::table
        .inner_join(automation_runs::table.inner_join(automations::table))
        .filter(messages::conversation_id.eq(conversation).and(messages::status.eq(DeliveryStatus::Waiting)))
        .filter(automations::stop_on_reply.eq(true))
        .order(messages::id)
        .select(messages::id)
        .load(connection)?)
}

pub fn add_media(tx: &mut Writer<'_>, message: MessageId, url: &str, content_type: &str) -> Stored<()> {
    diesel::insert_into(message_media::table)
        .values((
            message_media::message_id.eq(message),
            message_media::url.eq(url),
            message_media::content_type.eq(content_type),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_status(tx: &mut Writer<'_>, id: MessageId, status: DeliveryStatus, error_code: Option<&str>) -> Stored<()> {
    diesel::update(messages::table.find(id))
        .set((messages::status.eq(status), messages::error_code.eq(error_code)))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_provider_id(tx: &mut Writer<'_>, id: MessageId, provider_message_id: &str) -> Stored<()> {
    diesel::update(messages::table.find(id))
        .set(messages::provider_message_id.eq(provider_message_id))
        .execute(&mut **tx)?;
    Ok(())
}

/// Automated texts that have not left us for this phone.
pub fn automated_and_waiting(connection: &mut DbConnection, phone: &str) -> Stored<Vec<MessageId>> {
    let with_phone = conversations::table.filter(conversations::phone.eq(phone)).select(conversations::id);
    Ok(messages::table
        .filter(messages::conversation_id.eq_any(with_phone).and(sql::<Bool>("messages.status = 'waiting'")))
        .filter(messages::automation_run_id.is_not_null())
        .select(messages::id)
        .load(connection)?)
}

/// What has not left us for this phone does not leave any more. Answers whether there was something.
pub fn block_waiting(tx: &mut Writer<'_>, phone: &str) -> Stored<bool> {
    let with_phone = conversations::table.filter(conversations::phone.eq(phone)).select(conversations::id);
    // Written out: of a bound word the databases do not know that it is the one of the partial index
    let waits = sql::<Bool>("messages.status = 'waiting'");
    let waiting = messages::table.filter(messages::conversation_id.eq_any(with_phone).and(waits));
    let blocked = diesel::update(waiting)
        .set((messages::status.eq(DeliveryStatus::Blocked), messages::error_code.eq(None::<&str>)))
        .execute(&mut **tx)?;
    Ok(blocked > 0)
}

/// Whether this conversation has such a text, and it reads like a wish to stop.
pub fn is_flagged(connection: &mut DbConnection, conversation: ConversationId, id: MessageId) -> Stored<bool> {
    let flagged = messages::table.find(id).filter(messages::conversation_id.eq(conversation));
    Ok(diesel::select(diesel::dsl::exists(flagged.filter(messages::flagged.eq(true)))).get_result(connection)?)
}

/// The newest text of a conversation.
pub fn newest(connection: &mut DbConnection, conversation: ConversationId) -> Stored<Option<MessageId>> {
    Ok(messages::table
        .filter(messages::conversation_id.eq(conversation))
        .order(messages::id.desc())
        .select(messages::id)
        .first(connection)
        .optional()?)
}
