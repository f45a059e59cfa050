//! Definitions to rows. What hangs on an automation is written anew as a whole.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::schema::{automation_assignees, automation_conditions, automation_steps, automations};
use super::super::{Stored, Writer};
use super::set_swept;
use crate::domain::{
    Assignee, AutomationId, Condition, Definition, LeadStatusId, NumberId, PositionId, Step, Trigger, UserId, Wait,
};

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = automations, treat_none_as_null = true)]
struct Columns<'a> {
    name: &'a str,
    number_id: Option<NumberId>,
    trigger_kind: &'a str,
    to_status_id: Option<LeadStatusId>,
    from_status_id: Option<LeadStatusId>,
    wait_count: i64,
    wait_unit: &'a str,
    before: bool,
    keyword: &'a str,
    stop_on_reply: bool,
    updated_at: NaiveDateTime,
}

fn columns(definition: &Definition, now: NaiveDateTime) -> Columns<'_> {
    let trigger = &definition.trigger;
    let (wait, before) = match trigger {
        Trigger::Appointment { wait, before } => (*wait, *before),
        Trigger::NoReply { wait } | Trigger::Unanswered { wait } => (*wait, false),
        _ => (Wait::NONE, false),
    };
    let (to, from) = match trigger {
        Trigger::LeadStatus { to, from } => (Some(*to), *from),
        _ => (None, None),
    };
    Columns {
        name: &definition.name,
        number_id: definition.number,
        trigger_kind: trigger.kind().as_str(),
        to_status_id: to,
        from_status_id: from,
        wait_count: wait.count,
        wait_unit: wait.unit.as_str(),
        before,
        keyword: if let Trigger::Keyword { word } = trigger { word } else { "" },
        stop_on_reply: definition.stop_on_reply,
        updated_at: now,
    }
}

/// A new one, off: somebody turns it on.
pub fn insert(tx: &mut Writer<'_>, definition: &Definition, now: NaiveDateTime) -> Stored<AutomationId> {
    let id = diesel::insert_into(automations::table)
        .values((
            columns(definition, now),
            automations::active.eq(false),
            automations::swept_until.eq(now),
            automations::swept_id.eq(0),
            automations::version.eq(1),
            automations::created_at.eq(now),
        ))
        .returning(automations::id)
        .get_result(&mut **tx)?;
    insert_parts(tx, id, definition)?;
    Ok(id)
}

/// One that is to wait for something else than before waits for it from now on.
pub fn update(tx: &mut Writer<'_>, id: AutomationId, definition: &Definition, now: NaiveDateTime) -> Stored<()> {
    let new = columns(definition, now);
    let same = automations::table.find(id).filter(
        automations::trigger_kind
            .eq(new.trigger_kind)
            .and(automations::wait_count.eq(new.wait_count).and(automations::wait_unit.eq(new.wait_unit)))
            .and(automations::before.eq(new.before)),
    );
    if !diesel::select(diesel::dsl::exists(same)).get_result(&mut **tx)? {
        set_swept(tx, id, now, 0)?;
    }
    diesel::update(automations::table.find(id))
        .set((new, automations::version.eq(automations::version + 1)))
        .execute(&mut **tx)?;
    delete_parts(tx, id)?;
    insert_parts(tx, id, definition)
}

/// It goes from every list, and what it referred to may be deleted. Its name, runs and log stay.
pub fn archive(tx: &mut Writer<'_>, id: AutomationId, now: NaiveDateTime) -> Stored<()> {
    delete_parts(tx, id)?;
    diesel::update(automations::table.find(id))
        .set((
            automations::active.eq(false),
            automations::archived_at.eq(now),
            automations::to_status_id.eq(None::<LeadStatusId>),
            automations::from_status_id.eq(None::<LeadStatusId>),
            automations::number_id.eq(None::<NumberId>),
            automations::version.eq(automations::version + 1),
            automations::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

fn delete_parts(tx: &mut Writer<'_>, id: AutomationId) -> Stored<()> {
    diesel::delete(automation_conditions::table.filter(automation_conditions::automation_id.eq(id)))
        .execute(&mut **tx)?;
    diesel::delete(automation_steps::table.filter(automation_steps::automation_id.eq(id))).execute(&mut **tx)?;
    Ok(())
}

fn insert_parts(tx: &mut Writer<'_>, id: AutomationId, definition: &Definition) -> Stored<()> {
    for condition in &definition.conditions {
        let (status, position, value) = parts(condition);
        diesel::insert_into(automation_conditions::table)
            .values((
                automation_conditions::automation_id.eq(id),
                automation_conditions::kind.eq(condition.kind()),
                automation_conditions::lead_status_id.eq(status),
                automation_conditions::position_id.eq(position),
                automation_conditions::value.eq(value),
            ))
            .execute(&mut **tx)?;
    }
    for (ordinal, step) in (0_i64..).zip(&definition.steps) {
        insert_step(tx, id, ordinal, step)?;
    }
    Ok(())
}

fn parts(condition: &Condition) -> (Option<LeadStatusId>, Option<PositionId>, String) {
    match condition {
        Condition::LeadStatus(status) => (Some(*status), None, String::new()),
        Condition::LeadSource(source) => (None, None, source.clone()),
        Condition::PositionHeld(position) | Condition::PositionEmpty(position) => {
            (None, Some(*position), String::new())
        }
        Condition::TimeOfDay { from, to } => (None, None, format!("{from}-{to}")),
        Condition::TextedBefore | Condition::NeverTexted => (None, None, String::new()),
    }
}

fn insert_step(tx: &mut Writer<'_>, automation: AutomationId, ordinal: i64, step: &Step) -> Stored<()> {
    let id: i64 = diesel::insert_into(automation_steps::table)
        .values((
            automation_steps::automation_id.eq(automation),
            automation_steps::ordinal.eq(ordinal),
            automation_steps::wait_count.eq(step.wait.count),
            automation_steps::wait_unit.eq(step.wait.unit),
            automation_steps::body.eq(&step.body),
            automation_steps::push.eq(step.push),
        ))
        .returning(automation_steps::id)
        .get_result(&mut **tx)?;
    for assignee in &step.assignees {
        let (position, user): (Option<PositionId>, Option<UserId>) = match assignee {
            Assignee::Position(position) => (Some(*position), None),
            Assignee::User(user) => (None, Some(*user)),
        };
        diesel::insert_into(automation_assignees::table)
            .values((
                automation_assignees::step_id.eq(id),
                automation_assignees::position_id.eq(position),
                automation_assignees::user_id.eq(user),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
