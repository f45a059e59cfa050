use chrono::NaiveDateTime;

use super::come_due::skip;
use super::schedule::MOST;
use crate::assignment_policy::{may_cancel_scheduled, may_read};
use crate::domain::{ConversationId, ScheduledState, ScheduledTextId, SkipReason, TimelineKind, UserId};
use crate::services::facts::{self, staff_member};
use crate::services::{Done, Error, Job};
use crate::store::Writer;
use crate::store::scheduled_texts;
use crate::store::timeline::{self, NewEntry};
use crate::store::users::User;

/// A text that waits is not sent; one that was skipped is no longer shown. What was sent already stays sent.
pub fn cancel_scheduled(
    tx: &mut Writer<'_>,
    by: &User,
    id: ConversationId,
    scheduled: ScheduledTextId,
    now: NaiveDateTime,
) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    if !may_read(&staff_member(by), &known.facts) {
        return Err(Error::NotFound);
    }
    let text = scheduled_texts::find(tx, scheduled)?.filter(|text| text.conversation_id == id);
    let text = text.ok_or(Error::NotFound)?;
    if !may_cancel_scheduled(&staff_member(by), &known.facts) {
        return Err(Error::Forbidden("Your role may read texts but not cancel them.".into()));
    }
    if matches!(text.state, ScheduledState::Waiting | ScheduledState::Skipped) {
        scheduled_texts::end(tx, scheduled, ScheduledState::Cancelled, text.reason, None, now)?;
        Job::SendScheduled { scheduled }.withdraw(tx)?;
        if text.author != by.id && text.state == ScheduledState::Waiting {
            // Whoever wrote it has to see where it went
            note(tx, id, Some(by.id), text.author, now)?;
        }
        facts::announce(tx, id, &[])?;
    }
    Ok(())
}

/// The client wrote: what was to be sent only if they did not is cancelled, in the transaction that stores their text.
pub(in crate::services) fn cancel_for_reply(tx: &mut Writer<'_>, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    for text in scheduled_texts::in_conversation(tx, id, ScheduledState::Waiting, MOST)? {
        if !text.cancel_if_reply {
            continue;
        }
        scheduled_texts::end(tx, text.id, ScheduledState::Cancelled, Some(SkipReason::Replied), None, now)?;
        Job::SendScheduled { scheduled: text.id }.withdraw(tx)?;
        note(tx, id, None, text.author, now)?;
    }
    Ok(())
}

/// By nobody: by the client's reply.
fn note(
    tx: &mut Writer<'_>,
    conversation_id: ConversationId,
    actor: Option<UserId>,
    author: UserId,
    now: NaiveDateTime,
) -> Done<()> {
    let kind = TimelineKind::ScheduledCancelled;
    let entry = NewEntry { conversation_id, kind, actor, subject: Some(author), reason: None };
    Ok(timeline::insert(tx, &entry, now)?)
}

/// Somebody was deactivated: what they had scheduled is not sent. Those beyond the first are found out at their time.
pub(in crate::services) fn skip_those_of(tx: &mut Writer<'_>, author: UserId, now: NaiveDateTime) -> Done<()> {
    for text in scheduled_texts::waiting_of(tx, author, AT_ONCE)? {
        skip(tx, &text, SkipReason::AuthorGone, now)?;
        Job::SendScheduled { scheduled: text.id }.withdraw(tx)?;
    }
    Ok(())
}

const AT_ONCE: i64 = 200;
