//! Unread conversations, a row per user and conversation.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::unreads;
use super::{DbConnection, Stored, Writer};
use crate::domain::{ConversationId, MessageId, UserId};

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

/// Answers whether it was unread.
pub fn clear(tx: &mut Writer<'_>, conversation: ConversationId, user: UserId) -> Stored<bool> {
    Ok(diesel::delete(unreads::table.find((conversation, user))).execute(&mut **tx)? > 0)
}
