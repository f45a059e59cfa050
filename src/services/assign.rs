use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{Done, Error, push_text};
use crate::assignment_policy::{may_assign, may_read, pickable, sees_on_dashboard};
use crate::domain::{
    AssignmentReason, ConversationId, NotificationKind, NotificationReason, TimelineKind, Topic, UserId,
};
use crate::store::assignments::{self, NewAssignment};
use crate::store::conversations::Conversation;
use crate::store::notifications::NewNotification;
use crate::store::timeline::{self, NewEntry};
use crate::store::users::{self, User};
use crate::store::{Writer, messages, unreads};

/// Makes somebody responsible. They are told at once in the app, and by push after the time for undoing, unless they did it themselves.
pub fn assign(tx: &mut Writer<'_>, actor: &User, id: ConversationId, target: UserId, now: NaiveDateTime) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(actor);
    if !may_read(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !sees_on_dashboard(&person, &known.facts) {
        return Err(Error::Forbidden("Only who sees this conversation on the dashboard may assign it.".into()));
    }
    let chosen = users::find(tx, target)?.ok_or_else(|| Error::Invalid("There is no such person.".to_owned()))?;
    if let Err(why) = pickable(&staff_member(&chosen)) {
        return Err(Error::Invalid(format!("{} cannot be assigned: {why}.", chosen.name)));
    }
    if !may_assign(&person, &known.facts, &staff_member(&chosen)) {
        return Err(Error::Forbidden("Your role may assign yourself, but not others.".into()));
    }
    let before = facts::viewers(&facts::staff(tx)?, &known.facts);
    let own = actor.id == target;
    let reason = if own { AssignmentReason::SelfAssigned } else { AssignmentReason::Picked };
    let assignment = NewAssignment { conversation_id: id, user_id: target, reason, by: Some(actor.id) };
    if !assignments::insert(tx, &assignment, now)? {
        return Ok(());
    }
    timeline::insert(
        tx,
        &NewEntry {
            conversation_id: id,
            kind: TimelineKind::Assigned,
            actor: Some(actor.id),
            subject: Some(target),
            reason: Some(reason),
        },
        now,
    )?;
    if !own {
        tell(tx, actor, &known.row, target, now)?;
    }
    Ok(facts::announce(tx, id, &before)?)
}

fn tell(tx: &mut Writer<'_>, actor: &User, row: &Conversation, target: UserId, now: NaiveDateTime) -> Done<()> {
    if let Some(newest) = messages::newest(tx, row.id)? {
        unreads::mark(tx, row.id, target, newest, row.last_message_at)?;
    }
    let notification = NewNotification {
        user_id: target,
        kind: NotificationKind::Assigned,
        reason: NotificationReason::AssignedBy,
        conversation_id: row.id,
        message_id: None,
        actor: Some(actor.id),
    };
    push_text::notify(tx, &notification, now + push_text::UNDO, now)?;
    tx.announce(Topic::Notifications(target));
    Ok(())
}
