//! Messages, their pictures and their delivery state.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{automation_runs, automations, message_media, messages};
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

/// Texts of a conversation that have not left us.
pub fn waiting(connection: &mut DbConnection, conversation: ConversationId) -> Stored<Vec<MessageId>> {
    Ok(messages::table
        .filter(messages::conversation_id.eq(conversation).and(messages::status.eq(DeliveryStatus::Waiting)))
        .select(messages::id)
        .load(connection)?)
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
