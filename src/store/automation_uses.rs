//! What automations refer to: people, positions, lead statuses. Those that were deleted refer to nothing any more.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{automation_assignees, automation_conditions, automation_steps, automations};
use super::{DbConnection, Stored, Writer};
use crate::domain::{AutomationId, LeadStatusId, PositionId, UserId};

/// Those that assign its holder, or ask who holds it.
pub fn of_position(connection: &mut DbConnection, position: PositionId) -> Stored<Vec<(AutomationId, String)>> {
    let assign = automation_assignees::table
        .inner_join(automation_steps::table)
        .filter(automation_assignees::position_id.eq(position))
        .select(automation_steps::automation_id);
    let ask = automation_conditions::table
        .filter(automation_conditions::position_id.eq(position))
        .select(automation_conditions::automation_id);
    Ok(automations::table
        .filter(automations::archived_at.is_null())
        .filter(automations::id.eq_any(assign).or(automations::id.eq_any(ask)))
        .order((automations::name, automations::id))
        .select((automations::id, automations::name))
        .load(connection)?)
}

/// Those that wait for it, or ask for it.
pub fn of_lead_status(connection: &mut DbConnection, status: LeadStatusId) -> Stored<Vec<(AutomationId, String)>> {
    let ask = automation_conditions::table
        .filter(automation_conditions::lead_status_id.eq(status))
        .select(automation_conditions::automation_id);
    let waits = automations::to_status_id.eq(status).or(automations::from_status_id.eq(status));
    Ok(automations::table
        .filter(automations::archived_at.is_null())
        .filter(automations::id.eq_any(ask).or(waits.assume_not_null()))
        .order((automations::name, automations::id))
        .select((automations::id, automations::name))
        .load(connection)?)
}

/// Those that assign somebody by name, by their names, at most so many.
pub fn of_user(connection: &mut DbConnection, user: UserId, limit: i64) -> Stored<Vec<(AutomationId, String)>> {
    let named = automation_assignees::table
        .inner_join(automation_steps::table)
        .filter(automation_assignees::user_id.eq(user))
        .select(automation_steps::automation_id);
    Ok(automations::table
        .filter(automations::archived_at.is_null().and(automations::id.eq_any(named)))
        .order((automations::name, automations::id))
        .limit(limit)
        .select((automations::id, automations::name))
        .load(connection)?)
}

/// What the steps of automations say, each with the name of its automation.
pub fn bodies(connection: &mut DbConnection) -> Stored<Vec<(String, String)>> {
    Ok(automation_steps::table
        .inner_join(automations::table)
        .filter(automations::archived_at.is_null())
        .order((automations::name, automations::id, automation_steps::ordinal))
        .select((automations::name, automation_steps::body))
        .load(connection)?)
}

/// In every step that names somebody, somebody else is named, or nobody. Nobody is named twice.
pub fn replace_user(tx: &mut Writer<'_>, from: UserId, to: Option<UserId>, now: NaiveDateTime) -> Stored<()> {
    let rows: Vec<(i64, i64, AutomationId)> = automation_assignees::table
        .inner_join(automation_steps::table)
        .filter(automation_assignees::user_id.eq(from))
        .select((automation_assignees::id, automation_assignees::step_id, automation_steps::automation_id))
        .load(&mut **tx)?;
    let steps: Vec<i64> = rows.iter().map(|(_, step, _)| *step).collect();
    let there: Vec<i64> = automation_assignees::table
        .filter(automation_assignees::step_id.eq_any(&steps).and(automation_assignees::user_id.eq(to)))
        .select(automation_assignees::step_id)
        .load(&mut **tx)?;
    for (id, step, _) in &rows {
        let row = automation_assignees::table.find(id);
        match to.filter(|_| !there.contains(step)) {
            Some(to) => {
                diesel::update(row).set(automation_assignees::user_id.eq(to)).execute(&mut **tx)?;
            }
            None => {
                diesel::delete(row).execute(&mut **tx)?;
            }
        }
    }
    let changed: Vec<AutomationId> = rows.iter().map(|(_, _, automation)| *automation).collect();
    diesel::update(automations::table.filter(automations::id.eq_any(&changed)))
        .set((automations::version.eq(automations::version + 1), automations::updated_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}
