use chrono::{NaiveDateTime, TimeDelta};

use crate::assignment_policy::may_send;
use crate::domain::{
    ConversationId, NotificationKind, NotificationReason, ScheduledState, ScheduledTextId, SkipReason, SmsText, Topic,
};
use crate::services::facts::{self, Known, staff_member};
use crate::services::send_text::{put_in_line, queue_text};
use crate::services::{Done, Error, Job, open_for};
use crate::store::notifications::{self, NewNotification};
use crate::store::scheduled_texts::{self, ScheduledText};
use crate::store::users::{self, User};
use crate::store::{Writer, company, conversations};

/// As long as a text that could not leave is tried: "Good morning" is not sent in the evening.
const PATIENCE: TimeDelta = TimeDelta::hours(4);

/// Its time has come: everything is looked at once more, then it is queued as its author's text, or skipped. Its state and
/// the message change in one transaction, so a second run finds nothing that waits.
pub fn come_due(tx: &mut Writer<'_>, id: ScheduledTextId, now: NaiveDateTime) -> Done<()> {
    let waiting = |text: &ScheduledText| text.state == ScheduledState::Waiting;
    let Some(text) = scheduled_texts::find(tx, id)?.filter(waiting) else { return Ok(()) };
    let Some(author) = users::find(tx, text.author)? else { return Ok(()) };
    let Some(known) = facts::conversation(tx, text.conversation_id)? else { return Ok(()) };
    let body = SmsText::parse(&text.body);
    let late = now > text.send_at + PATIENCE;
    let why = why_not(&author, &known, company::has_sms(tx)?).or(late.then_some(SkipReason::Late));
    match (why, body) {
        (None, Ok(body)) => {
            let before = facts::viewers(&facts::staff(tx)?, &known.facts);
            let message = put_in_line(tx, &author, &known, &body, now)?;
            scheduled_texts::end(tx, id, ScheduledState::Sent, None, Some(message), now)?;
            Ok(facts::announce(tx, text.conversation_id, &before)?)
        }
        (why, _) => skip(tx, &text, why.unwrap_or(SkipReason::AuthorMayNot), now),
    }
}

/// Whoever presses *Send now* sends it.
pub fn send_now(
    tx: &mut Writer<'_>,
    sender: &User,
    conversation: ConversationId,
    id: ScheduledTextId,
    now: NaiveDateTime,
) -> Done<()> {
    let known = open_for(tx, sender, conversation)?;
    let text = scheduled_texts::find(tx, id)?.filter(|text| text.conversation_id == conversation);
    let text = text.ok_or(Error::NotFound)?;
    if text.state != ScheduledState::Waiting {
        return Ok(());
    }
    let body = SmsText::parse(&text.body).map_err(|why| Error::Invalid(why.to_string()))?;
    let message = queue_text(tx, sender, &known, &body, now)?;
    scheduled_texts::end(tx, id, ScheduledState::Sent, None, Some(message), now)?;
    Ok(Job::SendScheduled { scheduled: id }.withdraw(tx)?)
}

fn why_not(author: &User, known: &Known, has_sms: bool) -> Option<SkipReason> {
    let person = staff_member(author);
    if !author.active {
        Some(SkipReason::AuthorGone)
    } else if known.facts.opted_out {
        Some(SkipReason::OptedOut)
    } else if known.facts.blocked {
        Some(SkipReason::Blocked)
    } else if !has_sms {
        Some(SkipReason::Plan)
    } else {
        (!may_send(&person, &known.facts)).then_some(SkipReason::AuthorMayNot)
    }
}

/// It stays visible with the reason, the conversation needs a person, and the author is told in the app.
pub(super) fn skip(tx: &mut Writer<'_>, text: &ScheduledText, why: SkipReason, now: NaiveDateTime) -> Done<()> {
    let id = text.conversation_id;
    scheduled_texts::end(tx, text.id, ScheduledState::Skipped, Some(why), None, now)?;
    conversations::set_attention(tx, id, true)?;
    if why != SkipReason::AuthorGone {
        let notification = NewNotification {
            user_id: text.author,
            kind: NotificationKind::Skipped,
            reason: NotificationReason::ScheduledSkipped,
            conversation_id: id,
            message_id: None,
            actor: None,
        };
        notifications::insert(tx, &notification, now)?;
        tx.announce(Topic::Notifications(text.author));
    }
    Ok(facts::announce(tx, id, &[])?)
}
