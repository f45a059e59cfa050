use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};

use super::facts::client_of;
use super::lines::of_text;
use crate::assignment_policy::{WhyNotPickable, pickable};
use crate::automation::{Outcome, whom};
use crate::domain::{
    Assignee, AssignmentReason, AutomationEvent, NotificationKind, NotificationReason, PositionId, TimelineKind, Topic,
    UserId, WhyNot,
};
use crate::services::facts::{self, staff_member};
use crate::services::{Done, push_text};
use crate::store::assignments::{self, NewAssignment};
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, Run};
use crate::store::automations::{self, Automation};
use crate::store::messages::{self, Message};
use crate::store::notifications::{self, NewNotification};
use crate::store::timeline::{self, NewEntry};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored, Writer, client_positions, positions, unreads};

/// Assignments of one person by one automation share a notification for so long.
const JOINED: TimeDelta = TimeDelta::seconds(60);

/// The gateway has taken a text of an automation: now those whom its step names are assigned, and nobody else. Does
/// nothing for a person's text.
pub fn accepted(tx: &mut Writer<'_>, message: &Message, now: NaiveDateTime) -> Done<()> {
    let Some((run, step)) = messages::automation_of(tx, message.id)? else { return Ok(()) };
    let Some(run) = automation_runs::find(tx, run)? else { return Ok(()) };
    let Some(automation) = automations::find(tx, run.automation_id)? else { return Ok(()) };
    automation_log::insert(tx, &of_text(&run, step, AutomationEvent::Accepted, message.id), now)?;
    // As it is configured now; a step that is gone assigns nobody
    let configured = usize::try_from(step).ok().and_then(|at| automation.definition.steps.get(at));
    let Some(configured) = configured else { return Ok(()) };
    let Some(known) = facts::conversation(tx, message.conversation_id)? else { return Ok(()) };
    let staff = users::all(tx)?;
    let before = facts::viewers(&facts::staff(tx)?, &known.facts);
    let holders = holders(tx, &run, message)?;
    let outcomes = whom(&configured.assignees, &holders, &known.facts.assigned, |user| hindrance(&staff, user));
    for outcome in outcomes {
        match outcome {
            Outcome::Assigned(user) => {
                assign(tx, &automation, message, user, now)?;
                unreads::mark(tx, message.conversation_id, user, message.id, known.row.last_message_at)?;
                tell(tx, &automation, message, user, configured.push, now)?;
                let line = of_text(&run, step, AutomationEvent::Assigned, message.id);
                automation_log::insert(tx, &NewLine { user_id: Some(user), ..line }, now)?;
            }
            Outcome::Skipped { assignee, user, why } => {
                let line = of_text(&run, step, AutomationEvent::NotAssigned, message.id);
                let detail = position(tx, assignee)?;
                let line = NewLine { reason: Some(why), detail: &detail, user_id: user, ..line };
                automation_log::insert(tx, &line, now)?;
            }
        }
    }
    Ok(facts::announce(tx, message.conversation_id, &before)?)
}

/// Of the record that the run is about, else of the one that the conversation belongs to.
fn holders(connection: &mut DbConnection, run: &Run, message: &Message) -> Stored<BTreeMap<PositionId, UserId>> {
    let Some(client) = client_of(connection, run, message.conversation_id)? else { return Ok(BTreeMap::new()) };
    let held = client_positions::of_clients(connection, &[client])?;
    Ok(held.into_iter().map(|(_, held)| (held.position_id, held.user_id)).collect())
}

fn hindrance(staff: &[User], user: UserId) -> Option<WhyNot> {
    let Some(user) = staff.iter().find(|one| one.id == user) else { return Some(WhyNot::PersonInactive) };
    pickable(&staff_member(user)).err().map(|why| match why {
        WhyNotPickable::Inactive => WhyNot::PersonInactive,
        WhyNotPickable::NoAccess => WhyNot::PersonWithoutAccess,
    })
}

/// The name of a position, for the log; a person has a name of their own there.
fn position(connection: &mut DbConnection, assignee: Assignee) -> Stored<String> {
    let Assignee::Position(id) = assignee else { return Ok(String::new()) };
    let all = positions::all(connection)?;
    Ok(all.into_iter().find(|position| position.id == id).map(|position| position.name).unwrap_or_default())
}

fn assign(
    tx: &mut Writer<'_>,
    automation: &Automation,
    message: &Message,
    user: UserId,
    now: NaiveDateTime,
) -> Stored<()> {
    let (conversation_id, reason) = (message.conversation_id, AssignmentReason::Automation);
    assignments::insert(tx, &NewAssignment { conversation_id, user_id: user, reason, by: None }, now)?;
    assignments::set_automation(tx, conversation_id, user, automation.id)?;
    let (kind, subject) = (TimelineKind::Assigned, Some(user));
    let entry = NewEntry { conversation_id, kind, actor: None, subject, reason: Some(reason) };
    timeline::insert_of(tx, &entry, Some(automation.id), now)
}

/// In the app always; on their devices only if the step says so, after the time for undoing.
fn tell(
    tx: &mut Writer<'_>,
    automation: &Automation,
    message: &Message,
    user: UserId,
    push: bool,
    now: NaiveDateTime,
) -> Stored<()> {
    tx.announce(Topic::Notifications(user));
    if notifications::join(tx, user, automation.id, now - JOINED)? {
        return Ok(());
    }
    let notification = NewNotification {
        user_id: user,
        kind: NotificationKind::Assigned,
        reason: NotificationReason::AssignedByAutomation,
        conversation_id: message.conversation_id,
        message_id: None,
        actor: None,
    };
    let Some(id) = notifications::insert(tx, &notification, now)? else { return Ok(()) };
    notifications::set_automation(tx, id, automation.id)?;
    if push {
        push_text::push(tx, user, id, now + push_text::UNDO, now)?;
    }
    Ok(())
}
