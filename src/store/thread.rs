//! One page of a thread: texts, and what happened between them.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{automation_runs, automations, message_media, messages, timeline, users};
use super::{DbConnection, Stored};
use crate::domain::{
    AssignmentReason, AutomationRunId, ConversationId, DeliveryStatus, Direction, MessageId, TimelineKind, UserId,
};

#[derive(Debug, Clone)]
pub struct Page {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Oldest first; only what belongs between these messages.
    pub timeline: Vec<Entry>,
    /// Whether there are older texts.
    pub older: bool,
}

#[derive(Debug, Clone)]
pub struct Message {
    pub id: MessageId,
    pub direction: Direction,
    pub body: String,
    pub status: DeliveryStatus,
    pub error_code: Option<String>,
    pub flagged: bool,
    pub sender: Option<String>,
    /// The automation that sent it, and in which run.
    pub automation: Option<(AutomationRunId, String)>,
    pub at: NaiveDateTime,
    /// Media types of pictures and other attachments.
    pub media: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: TimelineKind,
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub reason: Option<AssignmentReason>,
    /// The automation that did it.
    pub automation: Option<String>,
    pub at: NaiveDateTime,
}

type Row = (
    MessageId,
    Direction,
    String,
    DeliveryStatus,
    Option<String>,
    bool,
    Option<UserId>,
    NaiveDateTime,
    Option<(AutomationRunId, String)>,
);

/// The newest texts, or the newest before one; at most `limit`.
pub fn page(
    connection: &mut DbConnection,
    conversation: ConversationId,
    before: Option<MessageId>,
    limit: i64,
) -> Stored<Page> {
    let mut select = messages::table
        .left_join(automation_runs::table.inner_join(automations::table))
        .filter(messages::conversation_id.eq(conversation))
        .select((
            messages::id,
            messages::direction,
            messages::body,
            messages::status,
            messages::error_code,
            messages::flagged,
            messages::sender_user_id,
            messages::created_at,
            (automation_runs::id, automations::name).nullable(),
        ))
        .order(messages::id.desc())
        .limit(limit + 1)
        .into_boxed();
    if let Some(before) = before {
        select = select.filter(messages::id.lt(before));
    }
    let mut rows: Vec<Row> = select.load(connection)?;
    let older = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    rows.reverse();

    let ids: Vec<MessageId> = rows.iter().map(|row| row.0).collect();
    let media: Vec<(MessageId, String)> = message_media::table
        .filter(message_media::message_id.eq_any(&ids))
        .order(message_media::id)
        .select((message_media::message_id, message_media::content_type))
        .load(connection)?;
    let entries = entries(connection, conversation, older.then(|| rows.first().map(|row| row.7)).flatten(), before)?;
    let people = names(
        connection,
        rows.iter().filter_map(|row| row.6).chain(entries.iter().flat_map(|entry| [entry.1, entry.2]).flatten()),
    )?;
    let name = |id: Option<UserId>| id.and_then(|id| people.get(&id).cloned());
    Ok(Page {
        messages: rows
            .into_iter()
            .map(|(id, direction, body, status, error_code, flagged, sender, at, automation)| Message {
                id,
                direction,
                body,
                status,
                error_code,
                flagged,
                sender: name(sender),
                automation,
                at,
                media: media.iter().filter(|(of, _)| *of == id).map(|(_, kind)| kind.clone()).collect(),
            })
            .collect(),
        timeline: entries
            .into_iter()
            .map(|(kind, actor, subject, reason, at, automation)| Entry {
                kind,
                actor: name(actor),
                subject: name(subject),
                reason,
                automation,
                at,
            })
            .collect(),
        older,
    })
}

type EntryRow = (TimelineKind, Option<UserId>, Option<UserId>, Option<AssignmentReason>, NaiveDateTime, Option<String>);

/// At most so many entries a page; the newest are kept.
const ENTRIES: i64 = 200;

fn entries(
    connection: &mut DbConnection,
    conversation: ConversationId,
    from: Option<NaiveDateTime>,
    before: Option<MessageId>,
) -> Stored<Vec<EntryRow>> {
    let mut select = timeline::table
        .left_join(automations::table.on(timeline::automation_id.eq(automations::id.nullable())))
        .filter(timeline::conversation_id.eq(conversation))
        .select((
            timeline::kind,
            timeline::actor_user_id,
            timeline::subject_user_id,
            timeline::reason,
            timeline::at,
            automations::name.nullable(),
        ))
        .order((timeline::at.desc(), timeline::id.desc()))
        .limit(ENTRIES)
        .into_boxed();
    if let Some(from) = from {
        select = select.filter(timeline::at.ge(from));
    }
    if let Some(before) = before {
        let until: Option<NaiveDateTime> =
            messages::table.find(before).select(messages::created_at).first(connection).optional()?;
        if let Some(until) = until {
            select = select.filter(timeline::at.lt(until));
        }
    }
    let mut rows: Vec<EntryRow> = select.load(connection)?;
    rows.reverse();
    Ok(rows)
}

fn names(connection: &mut DbConnection, ids: impl Iterator<Item = UserId>) -> Stored<HashMap<UserId, String>> {
    let ids: Vec<UserId> = ids.collect();
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::name)).load(connection)?;
    Ok(rows.into_iter().collect())
}
