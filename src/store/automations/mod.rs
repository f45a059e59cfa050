//! Automations as they are configured.

mod definition;
mod saving;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::automations;
use super::{DbConnection, Stored, Writer};
use crate::domain::{AutomationId, Definition, LeadStatusId, NumberId, TriggerKind, WaitUnit};

pub use saving::{archive, insert, update};

/// One automation, and how it is to be read.
#[derive(Debug, Clone)]
pub struct Automation {
    pub id: AutomationId,
    pub active: bool,
    pub archived: bool,
    /// Counts its changes: which of them somebody saw.
    pub version: i64,
    pub swept_until: NaiveDateTime,
    pub swept_id: i64,
    pub updated_at: NaiveDateTime,
    pub definition: Definition,
}

/// The row alone.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = automations)]
struct Row {
    id: AutomationId,
    name: String,
    active: bool,
    archived_at: Option<NaiveDateTime>,
    number_id: Option<NumberId>,
    trigger_kind: TriggerKind,
    to_status_id: Option<LeadStatusId>,
    from_status_id: Option<LeadStatusId>,
    wait_count: i64,
    wait_unit: WaitUnit,
    before: bool,
    keyword: String,
    stop_on_reply: bool,
    swept_until: NaiveDateTime,
    swept_id: i64,
    version: i64,
    updated_at: NaiveDateTime,
}

/// Also one that is archived: the log names it.
pub fn find(connection: &mut DbConnection, id: AutomationId) -> Stored<Option<Automation>> {
    let row = automations::table.find(id).select(Row::as_select()).first(connection).optional()?;
    Ok(definition::complete(connection, row.into_iter().collect())?.pop())
}

/// Those that are not archived, by name.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<Automation>> {
    let rows = automations::table
        .filter(automations::archived_at.is_null())
        .order((automations::name, automations::id))
        .select(Row::as_select())
        .load(connection)?;
    definition::complete(connection, rows)
}

/// Those that are on and wait for such a trigger.
pub fn on_trigger(connection: &mut DbConnection, kind: TriggerKind) -> Stored<Vec<Automation>> {
    let rows = automations::table
        .filter(automations::active.eq(true).and(automations::trigger_kind.eq(kind)))
        .filter(automations::archived_at.is_null())
        .order(automations::id)
        .select(Row::as_select())
        .load(connection)?;
    definition::complete(connection, rows)
}

/// Those that are on and wait for time to pass.
pub fn on_time(connection: &mut DbConnection) -> Stored<Vec<Automation>> {
    let kinds = [TriggerKind::Appointment, TriggerKind::NoReply, TriggerKind::Unanswered];
    let rows = automations::table
        .filter(automations::active.eq(true).and(automations::trigger_kind.eq_any(kinds)))
        .filter(automations::archived_at.is_null())
        .order(automations::id)
        .select(Row::as_select())
        .load(connection)?;
    definition::complete(connection, rows)
}

/// From now on, or not for now. What happens while it is off begins nothing; what waits is held.
pub fn set_active(tx: &mut Writer<'_>, id: AutomationId, active: bool, now: NaiveDateTime) -> Stored<()> {
    diesel::update(automations::table.find(id))
        .set((
            automations::active.eq(active),
            automations::version.eq(automations::version + 1),
            automations::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Everything up to there has been looked at.
pub fn set_swept(tx: &mut Writer<'_>, id: AutomationId, until: NaiveDateTime, last: i64) -> Stored<()> {
    diesel::update(automations::table.find(id))
        .set((automations::swept_until.eq(until), automations::swept_id.eq(last)))
        .execute(&mut **tx)?;
    Ok(())
}
