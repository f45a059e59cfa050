//! Unread conversations, a row per user and conversation.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{messages, unreads};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ConversationId, Direction, MessageId, UserId};

/// Unread from this message on, unless something older is unread already.
pub fn mark(
    tx: &mut Writer<'_>,
    conversation: ConversationId,
    user: UserId,
    message: MessageId,
    at: NaiveDateTime,
) -> Stored<()> {
    let there: bool =
        diesel::select(diesel::dsl::exists(unreads::table.find((conversation, user)))).get_result(&mut **tx)?;
    if !there {
        diesel::insert_into(unreads::table)
            .values((
                unreads::conversation_id.eq(conversation),
                unreads::user_id.eq(user),
                unreads::first_message_id.eq(message),
                unreads::last_message_at.eq(at),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The first text this user has not read.
pub fn first(connection: &mut DbConnection, conversation: ConversationId, user: UserId) -> Stored<Option<MessageId>> {
    Ok(unreads::table.find((conversation, user)).select(unreads::first_message_id).first(connection).optional()?)
}

/// Everything up to a message is read: the row goes, or moves on to the first text after it. Answers whether anything changed.
pub fn clear_until(tx: &mut Writer<'_>, conversation: ConversationId, user: UserId, shown: MessageId) -> Stored<bool> {
    let next: Option<MessageId> = messages::table
        .filter(messages::conversation_id.eq(conversation).and(messages::id.gt(shown)))
        .filter(messages::direction.eq(Direction::In))
        .order(messages::id)
        .select(messages::id)
        .first(&mut **tx)
        .optional()?;
    match next {
        None => clear(tx, conversation, user),
        Some(next) => {
            let row = unreads::table.find((conversation, user));
            Ok(diesel::update(row).set(unreads::first_message_id.eq(next)).execute(&mut **tx)? > 0)
        }
    }
}

/// For everybody.
pub fn clear_all(tx: &mut Writer<'_>, conversation: ConversationId) -> Stored<()> {
    diesel::delete(unreads::table.filter(unreads::conversation_id.eq(conversation))).execute(&mut **tx)?;
    Ok(())
}

/// Answers whether it was unread.
pub fn clear(tx: &mut Writer<'_>, conversation: ConversationId, user: UserId) -> Stored<bool> {
    Ok(diesel::delete(unreads::table.find((conversation, user))).execute(&mut **tx)? > 0)
}
