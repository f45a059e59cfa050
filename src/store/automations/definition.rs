//! From rows to definitions: three more queries, however many there are; none for none.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::schema::{automation_assignees, automation_conditions, automation_steps};
use super::super::{DbConnection, StoreError, Stored};
use super::{Automation, Row};
use crate::domain::{
    Assignee, AutomationId, Condition, ConditionKind, Definition, LeadStatusId, PositionId, Step, Trigger, TriggerKind,
    UserId, Wait, WaitUnit,
};

pub(super) fn complete(connection: &mut DbConnection, rows: Vec<Row>) -> Stored<Vec<Automation>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<AutomationId> = rows.iter().map(|row| row.id).collect();
    let mut conditions = conditions(connection, &ids)?;
    let mut steps = steps(connection, &ids)?;
    rows.into_iter()
        .map(|row| {
            Ok(Automation {
                id: row.id,
                active: row.active,
                archived: row.archived_at.is_some(),
                version: row.version,
                swept_until: row.swept_until,
                swept_id: row.swept_id,
                updated_at: row.updated_at,
                definition: Definition {
                    trigger: trigger(&row)?,
                    conditions: conditions.remove(&row.id).unwrap_or_default(),
                    steps: steps.remove(&row.id).unwrap_or_default(),
                    stop_on_reply: row.stop_on_reply,
                    number: row.number_id,
                    name: row.name,
                },
            })
        })
        .collect()
}

fn trigger(row: &Row) -> Stored<Trigger> {
    let wait = Wait { count: row.wait_count, unit: row.wait_unit };
    Ok(match row.trigger_kind {
        TriggerKind::ClientCreated => Trigger::ClientCreated,
        // An archived one lets its lead status go
        TriggerKind::LeadStatus => {
            Trigger::LeadStatus { to: row.to_status_id.unwrap_or_default(), from: row.from_status_id }
        }
        TriggerKind::Appointment => Trigger::Appointment { wait, before: row.before },
        TriggerKind::NoReply => Trigger::NoReply { wait },
        TriggerKind::Unanswered => Trigger::Unanswered { wait },
        TriggerKind::FirstText => Trigger::FirstText,
        TriggerKind::Keyword => Trigger::Keyword { word: row.keyword.clone() },
    })
}

type ConditionRow = (AutomationId, ConditionKind, Option<LeadStatusId>, Option<PositionId>, String);

fn conditions(connection: &mut DbConnection, ids: &[AutomationId]) -> Stored<HashMap<AutomationId, Vec<Condition>>> {
    let rows: Vec<ConditionRow> = automation_conditions::table
        .filter(automation_conditions::automation_id.eq_any(ids))
        .order(automation_conditions::id)
        .select((
            automation_conditions::automation_id,
            automation_conditions::kind,
            automation_conditions::lead_status_id,
            automation_conditions::position_id,
            automation_conditions::value,
        ))
        .load(connection)?;
    let mut found: HashMap<AutomationId, Vec<Condition>> = HashMap::new();
    for (automation, kind, status, position, value) in rows {
        let condition = match (kind, status, position) {
            (ConditionKind::LeadStatus, Some(status), _) => Condition::LeadStatus(status),
            (ConditionKind::LeadSource, ..) => Condition::LeadSource(value),
            (ConditionKind::PositionHeld, _, Some(position)) => Condition::PositionHeld(position),
            (ConditionKind::PositionEmpty, _, Some(position)) => Condition::PositionEmpty(position),
            (ConditionKind::TimeOfDay, ..) => time_of_day(&value)?,
            (ConditionKind::TextedBefore, ..) => Condition::TextedBefore,
            (ConditionKind::NeverTexted, ..) => Condition::NeverTexted,
            _ => return Err(StoreError::Corrupt(format!("a condition of automation {automation} lacks its id"))),
        };
        found.entry(automation).or_default().push(condition);
    }
    Ok(found)
}

/// Stored as minutes of the day: `540-1020`.
fn time_of_day(value: &str) -> Stored<Condition> {
    let minutes = value.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let (from, to) = minutes.ok_or_else(|| StoreError::Corrupt(format!("“{value}” is no time of day")))?;
    Ok(Condition::TimeOfDay { from, to })
}

fn steps(connection: &mut DbConnection, ids: &[AutomationId]) -> Stored<HashMap<AutomationId, Vec<Step>>> {
    let rows: Vec<(i64, AutomationId, i64, WaitUnit, String, bool)> = automation_steps::table
        .filter(automation_steps::automation_id.eq_any(ids))
        .order((automation_steps::automation_id, automation_steps::ordinal))
        .select((
            automation_steps::id,
            automation_steps::automation_id,
            automation_steps::wait_count,
            automation_steps::wait_unit,
            automation_steps::body,
            automation_steps::push,
        ))
        .load(connection)?;
    let step_ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let mut assignees = assignees(connection, &step_ids)?;
    let mut found: HashMap<AutomationId, Vec<Step>> = HashMap::new();
    for (id, automation, count, unit, body, push) in rows {
        let assignees = assignees.remove(&id).unwrap_or_default();
        found.entry(automation).or_default().push(Step { wait: Wait { count, unit }, body, push, assignees });
    }
    Ok(found)
}

fn assignees(connection: &mut DbConnection, steps: &[i64]) -> Stored<HashMap<i64, Vec<Assignee>>> {
    let rows: Vec<(i64, Option<PositionId>, Option<UserId>)> = automation_assignees::table
        .filter(automation_assignees::step_id.eq_any(steps))
        .order(automation_assignees::id)
        .select((automation_assignees::step_id, automation_assignees::position_id, automation_assignees::user_id))
        .load(connection)?;
    let mut found: HashMap<i64, Vec<Assignee>> = HashMap::new();
    for (step, position, user) in rows {
        let assignee = position.map(Assignee::Position).or(user.map(Assignee::User));
        found.entry(step).or_default().extend(assignee);
    }
    Ok(found)
}
