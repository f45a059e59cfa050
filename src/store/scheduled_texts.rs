//! Texts that were written to be sent later.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{assignments, scheduled_texts, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ConversationId, MessageId, ScheduledState, ScheduledTextId, SkipReason, UserId};

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ScheduledText {
    pub id: ScheduledTextId,
    pub conversation_id: ConversationId,
    pub author: UserId,
    pub author_name: String,
    pub body: String,
    pub send_at: NaiveDateTime,
    pub cancel_if_reply: bool,
    pub state: ScheduledState,
    pub reason: Option<SkipReason>,
}

pub struct NewScheduledText<'a> {
    pub conversation_id: ConversationId,
    pub author: UserId,
    pub body: &'a str,
    pub send_at: NaiveDateTime,
    pub cancel_if_reply: bool,
}

/// Stands between two rows of the list, the next to be sent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: NaiveDateTime,
    pub id: ScheduledTextId,
}

macro_rules! select_scheduled {
    () => {
        scheduled_texts::table.inner_join(users::table.on(users::id.eq(scheduled_texts::author_user_id))).select((
            scheduled_texts::id,
            scheduled_texts::conversation_id,
            scheduled_texts::author_user_id,
            users::name,
            scheduled_texts::body,
            scheduled_texts::send_at,
            scheduled_texts::cancel_if_reply,
            scheduled_texts::state,
            scheduled_texts::reason,
        ))
    };
}

pub fn find(connection: &mut DbConnection, id: ScheduledTextId) -> Stored<Option<ScheduledText>> {
    Ok(select_scheduled!().filter(scheduled_texts::id.eq(id)).first(connection).optional()?)
}

/// Those of a conversation in this state, the next to be sent first.
pub fn in_conversation(
    connection: &mut DbConnection,
    conversation: ConversationId,
    state: ScheduledState,
    limit: i64,
) -> Stored<Vec<ScheduledText>> {
    Ok(select_scheduled!()
        .filter(scheduled_texts::conversation_id.eq(conversation).and(scheduled_texts::state.eq(state)))
        .order((scheduled_texts::send_at, scheduled_texts::id))
        .limit(limit)
        .load(connection)?)
}

/// Those of an author that wait, the next to be sent first.
pub fn waiting_of(connection: &mut DbConnection, author: UserId, limit: i64) -> Stored<Vec<ScheduledText>> {
    Ok(select_scheduled!()
        .filter(scheduled_texts::author_user_id.eq(author).and(scheduled_texts::state.eq(ScheduledState::Waiting)))
        .order((scheduled_texts::send_at, scheduled_texts::id))
        .limit(limit)
        .load(connection)?)
}

/// A page of all that wait, the next to be sent first; only those of this user's conversations and their own, if one is named.
pub fn waiting(
    connection: &mut DbConnection,
    of: Option<UserId>,
    after: Option<Cursor>,
    limit: i64,
) -> Stored<Vec<ScheduledText>> {
    let mut select = select_scheduled!()
        .filter(scheduled_texts::state.eq(ScheduledState::Waiting))
        .order((scheduled_texts::send_at, scheduled_texts::id))
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        select = select
            .filter(scheduled_texts::send_at.ge(after.at))
            .filter(scheduled_texts::send_at.gt(after.at).or(scheduled_texts::id.gt(after.id)));
    }
    if let Some(user) = of {
        let theirs = assignments::table
            .filter(assignments::user_id.eq(user))
            .filter(assignments::conversation_id.eq(scheduled_texts::conversation_id));
        select = select.filter(scheduled_texts::author_user_id.eq(user).or(diesel::dsl::exists(theirs)));
    }
    Ok(select.load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, new: &NewScheduledText<'_>, now: NaiveDateTime) -> Stored<ScheduledTextId> {
    Ok(diesel::insert_into(scheduled_texts::table)
        .values((
            scheduled_texts::conversation_id.eq(new.conversation_id),
            scheduled_texts::author_user_id.eq(new.author),
            scheduled_texts::body.eq(new.body),
            scheduled_texts::send_at.eq(new.send_at),
            scheduled_texts::cancel_if_reply.eq(new.cancel_if_reply),
            scheduled_texts::state.eq(ScheduledState::Waiting),
            scheduled_texts::created_at.eq(now),
        ))
        .returning(scheduled_texts::id)
        .get_result(&mut **tx)?)
}

/// It does not wait any more.
pub fn end(
    tx: &mut Writer<'_>,
    id: ScheduledTextId,
    state: ScheduledState,
    reason: Option<SkipReason>,
    message: Option<MessageId>,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::update(scheduled_texts::table.find(id))
        .set((
            scheduled_texts::state.eq(state),
            scheduled_texts::reason.eq(reason),
            scheduled_texts::message_id.eq(message),
            scheduled_texts::ended_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
