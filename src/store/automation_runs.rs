//! Runs of automations: one for each occurrence of a trigger.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{automation_runs, automations};
use super::{DbConnection, Stored, Writer};
use crate::domain::{AutomationId, AutomationRunId, ClientId, ConversationId, RunState};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = automation_runs)]
pub struct Run {
    pub id: AutomationRunId,
    pub automation_id: AutomationId,
    /// Which occurrence of the trigger it is for: `lead_status:client 7:activity 12`.
    pub occurrence: String,
    pub client_id: Option<ClientId>,
    pub conversation_id: Option<ConversationId>,
    pub state: RunState,
    /// Which step is next, from 0.
    pub step: i64,
    pub due_at: NaiveDateTime,
    /// Its place in the row of its number, once it has one.
    pub slot_at: Option<NaiveDateTime>,
    /// The appointment it is about.
    pub appointment_at: Option<NaiveDateTime>,
    pub started_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

pub struct NewRun<'a> {
    pub automation_id: AutomationId,
    pub occurrence: &'a str,
    pub client_id: Option<ClientId>,
    pub conversation_id: Option<ConversationId>,
    pub due_at: NaiveDateTime,
    pub appointment_at: Option<NaiveDateTime>,
}

/// None where this occurrence has its run already.
pub fn insert(tx: &mut Writer<'_>, new: &NewRun<'_>, now: NaiveDateTime) -> Stored<Option<AutomationRunId>> {
    let same = automation_runs::table.filter(
        automation_runs::automation_id.eq(new.automation_id).and(automation_runs::occurrence.eq(new.occurrence)),
    );
    if diesel::select(diesel::dsl::exists(same)).get_result(&mut **tx)? {
        return Ok(None);
    }
    let id = diesel::insert_into(automation_runs::table)
        .values((
            automation_runs::automation_id.eq(new.automation_id),
            automation_runs::occurrence.eq(new.occurrence),
            automation_runs::client_id.eq(new.client_id),
            automation_runs::conversation_id.eq(new.conversation_id),
            automation_runs::state.eq(RunState::Waiting),
            automation_runs::step.eq(0),
            automation_runs::due_at.eq(new.due_at),
            automation_runs::appointment_at.eq(new.appointment_at),
            automation_runs::started_at.eq(now),
        ))
        .returning(automation_runs::id)
        .get_result(&mut **tx)?;
    Ok(Some(id))
}

pub fn find(connection: &mut DbConnection, id: AutomationRunId) -> Stored<Option<Run>> {
    Ok(automation_runs::table.find(id).select(Run::as_select()).first(connection).optional()?)
}

/// Where its texts go, once that is known.
pub fn set_conversation(tx: &mut Writer<'_>, id: AutomationRunId, conversation: ConversationId) -> Stored<()> {
    diesel::update(automation_runs::table.find(id))
        .set(automation_runs::conversation_id.eq(conversation))
        .execute(&mut **tx)?;
    Ok(())
}

/// Waits for a step until then; `reserved` if that is its place in the row of its number.
pub fn wait(tx: &mut Writer<'_>, id: AutomationRunId, step: i64, due_at: NaiveDateTime, reserved: bool) -> Stored<()> {
    diesel::update(automation_runs::table.find(id))
        .set((
            automation_runs::step.eq(step),
            automation_runs::due_at.eq(due_at),
            automation_runs::slot_at.eq(reserved.then_some(due_at)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn end(tx: &mut Writer<'_>, id: AutomationRunId, state: RunState, now: NaiveDateTime) -> Stored<()> {
    diesel::update(automation_runs::table.find(id))
        .set((automation_runs::state.eq(state), automation_runs::ended_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Those that a reply in a conversation stops: its own, and those of its clients that have sent nothing yet.
pub fn stopped_by_reply(
    connection: &mut DbConnection,
    conversation: ConversationId,
    clients: &[ClientId],
) -> Stored<Vec<Run>> {
    let of_clients = automation_runs::conversation_id.is_null().and(automation_runs::client_id.eq_any(clients));
    Ok(automation_runs::table
        .inner_join(automations::table)
        .filter(automation_runs::conversation_id.eq(conversation).or(of_clients))
        .filter(automation_runs::state.eq(RunState::Waiting).and(automations::stop_on_reply.eq(true)))
        .order(automation_runs::id)
        .select(Run::as_select())
        .load(connection)?)
}

/// Those of an automation that wait, some at a time, after one.
pub fn waiting(
    connection: &mut DbConnection,
    automation: AutomationId,
    after: AutomationRunId,
    limit: i64,
) -> Stored<Vec<Run>> {
    Ok(automation_runs::table
        .filter(automation_runs::automation_id.eq(automation).and(automation_runs::state.eq(RunState::Waiting)))
        .filter(automation_runs::id.gt(after))
        .order(automation_runs::id)
        .limit(limit)
        .select(Run::as_select())
        .load(connection)?)
}

/// How many are in a state; counting ends at `most`.
pub fn count(connection: &mut DbConnection, automation: AutomationId, state: RunState, most: i64) -> Stored<usize> {
    let ids: Vec<AutomationRunId> = automation_runs::table
        .filter(automation_runs::automation_id.eq(automation).and(automation_runs::state.eq(state)))
        .limit(most)
        .select(automation_runs::id)
        .load(connection)?;
    Ok(ids.len())
}
