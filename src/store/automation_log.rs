//! What automations did and did not do, and why. Append-only.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::clients::full_name;
use super::schema::{automation_log, automation_runs, automations, clients, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{
    AutomationEvent, AutomationId, AutomationRunId, ClientId, ConversationId, MessageId, UserId, WhyNot,
};

pub struct NewLine<'a> {
    pub automation_id: AutomationId,
    pub run_id: AutomationRunId,
    /// From 0.
    pub step: i64,
    pub event: AutomationEvent,
    pub reason: Option<WhyNot>,
    /// In words what the event leaves open: the name of an empty position, until when it is deferred. Never a text's body.
    pub detail: &'a str,
    pub message_id: Option<MessageId>,
    pub user_id: Option<UserId>,
}

/// A line with the names that belong to it.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: i64,
    pub automation_id: AutomationId,
    pub automation: String,
    /// It was deleted since.
    pub archived: bool,
    pub run_id: AutomationRunId,
    pub step: i64,
    pub event: AutomationEvent,
    pub reason: Option<WhyNot>,
    pub detail: String,
    pub message_id: Option<MessageId>,
    pub user: Option<String>,
    pub client: Option<(ClientId, String)>,
    pub conversation: Option<ConversationId>,
    pub at: NaiveDateTime,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which {
    pub automation: Option<AutomationId>,
    pub run: Option<AutomationRunId>,
    pub event: Option<AutomationEvent>,
    /// Older than this one.
    pub before: Option<i64>,
}

pub fn insert(tx: &mut Writer<'_>, new: &NewLine<'_>, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(automation_log::table)
        .values((
            automation_log::automation_id.eq(new.automation_id),
            automation_log::run_id.eq(new.run_id),
            automation_log::step.eq(new.step),
            automation_log::event.eq(new.event),
            automation_log::reason.eq(new.reason),
            automation_log::detail.eq(new.detail),
            automation_log::message_id.eq(new.message_id),
            automation_log::user_id.eq(new.user_id),
            automation_log::at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Whether the same stands there already of this step.
pub fn stands(connection: &mut DbConnection, line: &NewLine<'_>) -> Stored<bool> {
    let same = automation_log::table
        .filter(automation_log::run_id.eq(line.run_id).and(automation_log::step.eq(line.step)))
        .filter(automation_log::event.eq(line.event).and(automation_log::reason.eq(line.reason)));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(connection)?)
}

/// Newest first.
pub fn page(connection: &mut DbConnection, which: &Which, limit: i64) -> Stored<Vec<Line>> {
    let mut query = automation_log::table
        .inner_join(automations::table)
        .inner_join(automation_runs::table.left_join(clients::table))
        .left_join(users::table)
        .filter(automation_log::id.lt(which.before.unwrap_or(i64::MAX)))
        .order(automation_log::id.desc())
        .limit(limit)
        .select((
            (
                automation_log::id,
                automation_log::automation_id,
                automations::name,
                automations::archived_at.is_not_null(),
                automation_log::run_id,
                automation_log::step,
                automation_log::event,
                automation_log::reason,
                automation_log::detail,
                automation_log::message_id,
                automation_log::at,
            ),
            users::name.nullable(),
            (clients::id, clients::first_name, clients::last_name, clients::company).nullable(),
            automation_runs::conversation_id,
        ))
        .into_boxed();
    if let Some(automation) = which.automation {
        query = query.filter(automation_log::automation_id.eq(automation));
    }
    if let Some(run) = which.run {
        query = query.filter(automation_log::run_id.eq(run));
    }
    if let Some(event) = which.event {
        query = query.filter(automation_log::event.eq(event));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(rows.into_iter().map(Line::from).collect())
}

type Head = (
    i64,
    AutomationId,
    String,
    bool,
    AutomationRunId,
    i64,
    AutomationEvent,
    Option<WhyNot>,
    String,
    Option<MessageId>,
    NaiveDateTime,
);
type Client = (ClientId, String, String, String);
type Row = (Head, Option<String>, Option<Client>, Option<ConversationId>);

impl From<Row> for Line {
    fn from((head, user, client, conversation): Row) -> Self {
        let (id, automation_id, automation, archived, run_id, step, event, reason, detail, message_id, at) = head;
        Self {
            id,
            automation_id,
            automation,
            archived,
            run_id,
            step,
            event,
            reason,
            detail,
            message_id,
            user,
            client: client.map(|(id, first, last, company)| (id, full_name(&first, &last, &company))),
            conversation,
            at,
        }
    }
}
