use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{Done, Error};
use crate::assignment_policy::{may_read, may_remove, sees_on_dashboard};
use crate::domain::{ConversationId, NotificationKind, NotificationReason, TimelineKind, Topic, UserId};
use crate::store::notifications::{self, NewNotification};
use crate::store::timeline::{self, NewEntry};
use crate::store::users::{self, User};
use crate::store::{Writer, assignments, unreads};

/// Ends an assignment. Who was removed by somebody else gets a line in the app, never a push.
pub fn unassign(tx: &mut Writer<'_>, actor: &User, id: ConversationId, target: UserId, now: NaiveDateTime) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(actor);
    let own = actor.id == target;
    let is_theirs = own && known.facts.assigned.contains(&target);
    if !is_theirs && !may_read(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !own && !sees_on_dashboard(&person, &known.facts) {
        return Err(Error::Forbidden(
            "Only who sees this conversation on the dashboard may change who is assigned.".into(),
        ));
    }
    if !may_remove(&person, &known.facts, target) {
        return Err(Error::Forbidden("Your role may remove yourself, but not others.".into()));
    }
    let before = facts::viewers(&facts::staff(tx)?, &known.facts);
    if !assignments::delete(tx, id, target)? {
        return Ok(());
    }
    timeline::insert(
        tx,
        &NewEntry {
            conversation_id: id,
            kind: TimelineKind::Unassigned,
            actor: Some(actor.id),
            subject: Some(target),
            reason: None,
        },
        now,
    )?;
    if actor.id != target {
        let removed = NewNotification {
            user_id: target,
            kind: NotificationKind::Removed,
            reason: NotificationReason::RemovedBy,
            conversation_id: id,
            message_id: None,
            actor: Some(actor.id),
        };
        notifications::insert(tx, &removed, now)?;
        tx.announce(Topic::Notifications(target));
    }
    forget_unread(tx, id, target)?;
    Ok(facts::announce(tx, id, &before)?)
}

/// What one no longer sees is not unread.
fn forget_unread(tx: &mut Writer<'_>, id: ConversationId, target: UserId) -> Done<()> {
    let (Some(user), Some(known)) = (users::find(tx, target)?, facts::conversation(tx, id)?) else { return Ok(()) };
    if !sees_on_dashboard(&staff_member(&user), &known.facts) {
        unreads::clear(tx, id, target)?;
    }
    Ok(())
}
