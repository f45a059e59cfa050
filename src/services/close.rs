use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{Done, Error};
use crate::assignment_policy::{may_read, sees_on_dashboard};
use crate::domain::{ConversationId, SmsAccess, TimelineKind};
use crate::store::timeline::{self, NewEntry};
use crate::store::users::User;
use crate::store::{Writer, conversations, waiting};

/// Puts a conversation aside; the next text from outside brings it back, with everybody still assigned.
pub fn close(tx: &mut Writer<'_>, actor: &User, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    set_closed(tx, actor, id, true, now)
}

pub fn reopen(tx: &mut Writer<'_>, actor: &User, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    set_closed(tx, actor, id, false, now)
}

fn set_closed(tx: &mut Writer<'_>, actor: &User, id: ConversationId, closed: bool, now: NaiveDateTime) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(actor);
    if !may_read(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !sees_on_dashboard(&person, &known.facts) || actor.may.sms_access < SmsAccess::Create {
        return Err(Error::Forbidden("Your role may read this conversation but not close or reopen it.".into()));
    }
    if known.row.closed == closed {
        return Ok(());
    }
    conversations::set_closed(tx, id, closed)?;
    if closed {
        conversations::set_attention(tx, id, false)?;
        // Put aside on purpose: no automation is to ask why nobody answers
        waiting::nobody(tx, id)?;
    }
    let kind = if closed { TimelineKind::Closed } else { TimelineKind::Reopened };
    let entry = NewEntry { conversation_id: id, kind, actor: Some(actor.id), subject: None, reason: None };
    timeline::insert(tx, &entry, now)?;
    Ok(facts::announce(tx, id, &[])?)
}
