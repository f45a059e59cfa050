//! Texts that wait for their time when somebody first looks around.

use chrono::{Days, NaiveDateTime};
use chrono_tz::America::Denver;

use super::company::Founded;
use super::people::Person;
use super::script::unreadable;
use crate::automation::local;
use crate::domain::{ScheduledState, SkipReason, TimelineKind};
use crate::services::Job;
use crate::store::scheduled_texts::{self, NewScheduledText};
use crate::store::timeline::{self, NewEntry};
use crate::store::{Stored, Writer, conversations};

struct Waiting {
    phone: &'static str,
    by: &'static str,
    /// In so many days, at this time on the clock in Denver.
    days: u64,
    clock: (u32, u32),
    cancel_if_reply: bool,
    body: &'static str,
}

const WAITING: [Waiting; 2] = [
    Waiting {
        phone: "+13035550101",
        by: "sales",
        days: 1,
        clock: (9, 0),
        cancel_if_reply: false,
        body: "Good morning Karen! A quick reminder that I will be at your place at 2 this afternoon. Please keep the driveway free if you can.",
    },
    Waiting {
        phone: "+13035550110",
        by: "sales",
        days: 3,
        clock: (10, 30),
        cancel_if_reply: true,
        body: "Hi Yolanda, did you find time to compare the three bids? I am happy to go through ours with you line by line.",
    },
];

/// Puts them into the outbox like those that people schedule: they leave at their time.
pub(super) fn schedule(tx: &mut Writer<'_>, company: &Founded, now: NaiveDateTime) -> Stored<()> {
    let today = local::wall_clock(now, Denver).date();
    for waiting in &WAITING {
        let conversation = conversations::with_phone(tx, waiting.phone)?.into_iter().min();
        let author = Person::named(waiting.by).and_then(|person| company.user(person));
        let (hour, minute) = waiting.clock;
        let at = today.checked_add_days(Days::new(waiting.days)).and_then(|day| day.and_hms_opt(hour, minute, 0));
        let (Some(conversation_id), Some(author), Some(at)) = (conversation, author, at) else {
            return Err(unreadable(waiting.phone));
        };
        let send_at = local::instant(at, Denver);
        let Waiting { body, cancel_if_reply, .. } = *waiting;
        let new = NewScheduledText { conversation_id, author, body, send_at, cancel_if_reply };
        let scheduled = scheduled_texts::insert(tx, &new, now)?;
        Job::SendScheduled { scheduled }.enqueue(tx, send_at, now)?;
    }
    cancelled(tx, company, now)
}

/// One that was not needed any more, because the client wrote first.
fn cancelled(tx: &mut Writer<'_>, company: &Founded, now: NaiveDateTime) -> Stored<()> {
    let conversation = conversations::with_phone(tx, REPLIED)?.into_iter().min();
    let row = conversation.map(|id| conversations::find(tx, id)).transpose()?.flatten();
    let author = Person::named("sales").and_then(|person| company.user(person));
    let (Some(row), Some(author)) = (row, author) else { return Err(unreadable(REPLIED)) };
    let body = "Hi Pat, did the adjuster come by? Tell me how it went.";
    let new = NewScheduledText { conversation_id: row.id, author, body, send_at: now, cancel_if_reply: true };
    let scheduled = scheduled_texts::insert(tx, &new, row.last_message_at)?;
    let why = Some(SkipReason::Replied);
    scheduled_texts::end(tx, scheduled, ScheduledState::Cancelled, why, None, row.last_message_at)?;
    let kind = TimelineKind::ScheduledCancelled;
    let entry = NewEntry { conversation_id: row.id, kind, actor: None, subject: Some(author), reason: None };
    timeline::insert(tx, &entry, row.last_message_at)
}

/// Pat Murphy's phone; their newest text is their own.
const REPLIED: &str = "+13035550124";
