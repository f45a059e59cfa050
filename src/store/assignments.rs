//! Assignments: who is responsible for a conversation.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{assignments, automations, conversations, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{AssignmentReason, AutomationId, ConversationId, UserId};

/// One person's responsibility, and how it came about.
#[derive(Debug, Clone, Queryable)]
pub struct Assignment {
    pub user_id: UserId,
    pub name: String,
    pub reason: AssignmentReason,
    pub by: Option<UserId>,
    /// The name of the automation that did it.
    pub automation: Option<String>,
    pub at: NaiveDateTime,
}

/// Who is assigned, the first one first.
pub fn of_conversation(connection: &mut DbConnection, id: ConversationId) -> Stored<Vec<Assignment>> {
    Ok(assignments::table
        .inner_join(users::table.on(users::id.eq(assignments::user_id)))
        .left_join(automations::table.on(assignments::automation_id.eq(automations::id.nullable())))
        .filter(assignments::conversation_id.eq(id))
        .order((assignments::created_at, users::id))
        .select((
            users::id,
            users::name,
            assignments::reason,
            assignments::assigned_by,
            automations::name.nullable(),
            assignments::created_at,
        ))
        .load(connection)?)
}

pub fn user_ids(connection: &mut DbConnection, id: ConversationId) -> Stored<Vec<UserId>> {
    Ok(assignments::table
        .filter(assignments::conversation_id.eq(id))
        .order(assignments::user_id)
        .select(assignments::user_id)
        .load(connection)?)
}

pub struct NewAssignment {
    pub conversation_id: ConversationId,
    pub user_id: UserId,
    pub reason: AssignmentReason,
    pub by: Option<UserId>,
}

/// Answers whether it is new.
pub fn insert(tx: &mut Writer<'_>, new: &NewAssignment, now: NaiveDateTime) -> Stored<bool> {
    let key = (new.conversation_id, new.user_id);
    let there: bool = diesel::select(diesel::dsl::exists(assignments::table.find(key))).get_result(&mut **tx)?;
    if there {
        return Ok(false);
    }
    let last_message_at: NaiveDateTime =
        conversations::table.find(new.conversation_id).select(conversations::last_message_at).first(&mut **tx)?;
    diesel::insert_into(assignments::table)
        .values((
            assignments::conversation_id.eq(new.conversation_id),
            assignments::user_id.eq(new.user_id),
            assignments::reason.eq(new.reason),
            assignments::assigned_by.eq(new.by),
            assignments::created_at.eq(now),
            assignments::last_message_at.eq(last_message_at),
        ))
        .execute(&mut **tx)?;
    diesel::update(conversations::table.find(new.conversation_id))
        .set(conversations::unassigned.eq(false))
        .execute(&mut **tx)?;
    Ok(true)
}

/// It was this automation.
pub fn set_automation(
    tx: &mut Writer<'_>,
    conversation: ConversationId,
    user: UserId,
    automation: AutomationId,
) -> Stored<()> {
    diesel::update(assignments::table.find((conversation, user)))
        .set(assignments::automation_id.eq(automation))
        .execute(&mut **tx)?;
    Ok(())
}

/// Answers whether there was one.
pub fn delete(tx: &mut Writer<'_>, conversation: ConversationId, user: UserId) -> Stored<bool> {
    let gone = diesel::delete(assignments::table.find((conversation, user))).execute(&mut **tx)? > 0;
    carry_unassigned(tx, conversation)?;
    Ok(gone)
}

/// Whether a conversation waits for somebody to take it is carried on it. One with a blocked phone waits for nobody.
pub(super) fn carry_unassigned(tx: &mut Writer<'_>, id: ConversationId) -> Stored<()> {
    let taken = diesel::dsl::exists(assignments::table.filter(assignments::conversation_id.eq(id)));
    let (blocked, taken): (bool, bool) =
        conversations::table.find(id).select((conversations::blocked, taken)).first(&mut **tx)?;
    diesel::update(conversations::table.find(id))
        .set(conversations::unassigned.eq(!blocked && !taken))
        .execute(&mut **tx)?;
    Ok(())
}

/// What somebody is responsible for, the conversation that was used last first.
pub fn newest_of_user(connection: &mut DbConnection, user: UserId, limit: i64) -> Stored<Vec<ConversationId>> {
    Ok(assignments::table
        .filter(assignments::user_id.eq(user))
        .order((assignments::last_message_at.desc(), assignments::conversation_id.desc()))
        .limit(limit)
        .select(assignments::conversation_id)
        .load(connection)?)
}

/// Since when somebody is assigned, if they are.
pub fn since(
    connection: &mut DbConnection,
    conversation: ConversationId,
    user: UserId,
) -> Stored<Option<NaiveDateTime>> {
    let assignment = assignments::table.find((conversation, user));
    Ok(assignment.select(assignments::created_at).first(connection).optional()?)
}
