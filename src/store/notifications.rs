//! Notifications: this user was told of this event.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{automations, messages, notifications, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{
    AutomationId, ConversationId, MessageId, NotificationId, NotificationKind, NotificationReason, UserId,
};

pub struct NewNotification {
    pub user_id: UserId,
    pub kind: NotificationKind,
    pub reason: NotificationReason,
    pub conversation_id: ConversationId,
    pub message_id: Option<MessageId>,
    pub actor: Option<UserId>,
}

#[derive(Debug, Clone, Queryable)]
pub struct Notification {
    pub id: NotificationId,
    pub user_id: UserId,
    pub kind: NotificationKind,
    pub reason: NotificationReason,
    pub conversation_id: ConversationId,
    pub message_id: Option<MessageId>,
    pub seen: bool,
    pub created_at: NaiveDateTime,
    pub actor: Option<String>,
    pub text: Option<String>,
    /// The name of the automation that assigned them.
    pub automation: Option<String>,
    /// How many more conversations it tells of.
    pub joined: i64,
}

macro_rules! select_notifications {
    () => {
        notifications::table
            .left_join(messages::table)
            .left_join(automations::table)
            .left_join(users::table.on(notifications::actor_user_id.eq(users::id.nullable())))
            .select((
                notifications::id,
                notifications::user_id,
                notifications::kind,
                notifications::reason,
                notifications::conversation_id,
                notifications::message_id,
                notifications::seen,
                notifications::created_at,
                users::name.nullable(),
                messages::body.nullable(),
                automations::name.nullable(),
                notifications::joined,
            ))
    };
}

pub fn find(connection: &mut DbConnection, id: NotificationId) -> Stored<Option<Notification>> {
    Ok(select_notifications!().filter(notifications::id.eq(id)).first(connection).optional()?)
}

/// Newest first.
pub fn page(
    connection: &mut DbConnection,
    user: UserId,
    before: Option<NotificationId>,
    limit: i64,
) -> Stored<Vec<Notification>> {
    Ok(select_notifications!()
        .filter(notifications::user_id.eq(user))
        .filter(notifications::id.lt(before.unwrap_or(NotificationId::MAX)))
        .order(notifications::id.desc())
        .limit(limit)
        .load(connection)?)
}

/// How many are unseen, counted to `bound` and no further.
pub fn unseen(connection: &mut DbConnection, user: UserId, bound: i64) -> Stored<i64> {
    let ids: Vec<NotificationId> = notifications::table
        .filter(notifications::user_id.eq(user).and(notifications::seen.eq(false)))
        .select(notifications::id)
        .limit(bound)
        .load(connection)?;
    Ok(ids.len() as i64)
}

/// One per user and message, whatever the paths. None where there is one already.
pub fn insert(tx: &mut Writer<'_>, new: &NewNotification, now: NaiveDateTime) -> Stored<Option<NotificationId>> {
    if let Some(message) = new.message_id {
        let told: bool = diesel::select(diesel::dsl::exists(
            notifications::table
                .filter(notifications::user_id.eq(new.user_id).and(notifications::message_id.eq(message))),
        ))
        .get_result(&mut **tx)?;
        if told {
            return Ok(None);
        }
    }
    let id = diesel::insert_into(notifications::table)
        .values((
            notifications::user_id.eq(new.user_id),
            notifications::kind.eq(new.kind),
            notifications::reason.eq(new.reason),
            notifications::conversation_id.eq(new.conversation_id),
            notifications::message_id.eq(new.message_id),
            notifications::actor_user_id.eq(new.actor),
            notifications::seen.eq(false),
            notifications::created_at.eq(now),
        ))
        .returning(notifications::id)
        .get_result(&mut **tx)?;
    Ok(Some(id))
}

/// It tells of what an automation did.
pub fn set_automation(tx: &mut Writer<'_>, id: NotificationId, automation: AutomationId) -> Stored<()> {
    diesel::update(notifications::table.find(id))
        .set(notifications::automation_id.eq(automation))
        .execute(&mut **tx)?;
    Ok(())
}

/// Adds one more conversation to what somebody has not seen yet of the same automation since then. Answers whether there
/// was such a notification.
pub fn join(tx: &mut Writer<'_>, user: UserId, automation: AutomationId, since: NaiveDateTime) -> Stored<bool> {
    let found: Option<NotificationId> = notifications::table
        .filter(notifications::user_id.eq(user).and(notifications::automation_id.eq(automation)))
        .filter(notifications::seen.eq(false).and(notifications::created_at.gt(since)))
        .order(notifications::id.desc())
        .select(notifications::id)
        .first(&mut **tx)
        .optional()?;
    let Some(id) = found else { return Ok(false) };
    diesel::update(notifications::table.find(id))
        .set(notifications::joined.eq(notifications::joined + 1))
        .execute(&mut **tx)?;
    Ok(true)
}

/// Those of a conversation, of texts up to one if it is given. Answers whether any was unseen.
pub fn see_conversation(
    tx: &mut Writer<'_>,
    user: UserId,
    conversation: ConversationId,
    shown: Option<MessageId>,
) -> Stored<bool> {
    let unseen = notifications::table
        .filter(notifications::conversation_id.eq(conversation))
        .filter(notifications::user_id.eq(user).and(notifications::seen.eq(false)))
        .filter(notifications::message_id.is_null().or(notifications::message_id.le(shown.unwrap_or(MessageId::MAX))));
    Ok(diesel::update(unseen).set(notifications::seen.eq(true)).execute(&mut **tx)? > 0)
}

pub fn see_all(tx: &mut Writer<'_>, user: UserId) -> Stored<bool> {
    let unseen = notifications::table.filter(notifications::user_id.eq(user).and(notifications::seen.eq(false)));
    Ok(diesel::update(unseen).set(notifications::seen.eq(true)).execute(&mut **tx)? > 0)
}
