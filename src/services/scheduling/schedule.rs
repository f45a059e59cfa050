use chrono::{NaiveDateTime, TimeDelta};

use crate::automation::local;
use crate::domain::{ConversationId, ScheduledState, ScheduledTextId, SmsText};
use crate::services::quiet_hours::zone_of;
use crate::services::{Done, Error, Job, facts, open_for};
use crate::store::Writer;
use crate::store::scheduled_texts::{self, NewScheduledText};
use crate::store::users::User;

/// So many wait in one conversation and no more: they are all shown below its texts.
pub(super) const MOST: i64 = 20;
/// Nobody means a later one.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// A text for later.
pub struct Later<'a> {
    pub text: &'a SmsText,
    /// On the client's clock.
    pub at: NaiveDateTime,
    pub cancel_if_reply: bool,
}

/// Keeps a text until its time. Whoever may send now may schedule; nobody is assigned by that.
pub fn schedule_text(
    tx: &mut Writer<'_>,
    author: &User,
    id: ConversationId,
    later: &Later<'_>,
    now: NaiveDateTime,
) -> Done<ScheduledTextId> {
    open_for(tx, author, id)?;
    let send_at = local::instant(later.at, zone_of(tx, id)?);
    if send_at <= now {
        return invalid("That time is past already. Choose a later one, or send the text now.");
    }
    if send_at > now + FURTHEST {
        return invalid("Choose a time within a year from now.");
    }
    if scheduled_texts::in_conversation(tx, id, ScheduledState::Waiting, MOST)?.len() as i64 >= MOST {
        return invalid("20 texts wait in this conversation already. Cancel one of them first.");
    }
    let new = NewScheduledText {
        conversation_id: id,
        author: author.id,
        body: later.text.as_str(),
        send_at,
        cancel_if_reply: later.cancel_if_reply,
    };
    let scheduled = scheduled_texts::insert(tx, &new, now)?;
    Job::SendScheduled { scheduled }.enqueue(tx, send_at, now)?;
    facts::announce(tx, id, &[])?;
    Ok(scheduled)
}

fn invalid<T>(why: &str) -> Done<T> {
    Err(Error::Invalid(why.to_owned()))
}
