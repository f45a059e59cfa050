//! A text of a thread, with what is to be known and done about it.

use chrono::{Duration, NaiveDateTime};
use chrono_tz::Tz;

use super::thread::clock_label;
use crate::domain::{DeliveryStatus, Direction, FlagAnswer, Keyword, failed_text};
use crate::store::thread as stored;
use crate::web::format;
use crate::web::view::conversations::{Failure, Flag, Message};

/// For so long a text without an answer from its gateway is only late.
const SURELY_LOST: Duration = Duration::minutes(15);

/// What the reader may do in this conversation now.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Say what a text that reads like a wish to stop means.
    pub may_note_consent: bool,
    /// Send, so also send again.
    pub may_send: bool,
    pub opted_out: bool,
    /// Read what automations did.
    pub opens_log: bool,
}

pub fn bubble(text: stored::Message, clients: &[String], acts: Acts, now: NaiveDateTime, zone: Tz) -> Message {
    let automation = text.automation.as_ref();
    let log = automation.filter(|_| acts.opens_log).map(|(run, _)| format!("/automations/log?run={run}"));
    let by = automation.map(|(_, name)| format!("by {name}"));
    Message {
        id: text.id,
        direction: text.direction,
        status: text.status,
        failure: failure(&text, acts, now),
        flag: text.flagged.then(|| flag(&text, acts, now, zone)),
        asks_for_help: text.direction == Direction::In && Keyword::of(&text.body, false) == Some(Keyword::Help),
        retry_of: text.retry_of,
        sender: match text.direction {
            Direction::Out => by.or(text.sender),
            Direction::In => (clients.len() == 1).then(|| clients.concat()),
        },
        log,
        body: text.body,
        time: clock_label(text.at, zone),
        media: text.media,
    }
}

fn failure(text: &stored::Message, acts: Acts, now: NaiveDateTime) -> Option<Failure> {
    let failed = failed_text(text.status, text.error_code.as_deref())?;
    if text.status == DeliveryStatus::Unknown && now - text.at < SURELY_LOST {
        return None;
    }
    Some(Failure {
        what: failed.what.to_owned(),
        next: failed.next.to_owned(),
        may_retry: failed.may_retry && acts.may_send && text.retried_as.is_none(),
        retried_as: text.retried_as,
    })
}

/// The question while nobody has answered it, then who answered what.
fn flag(text: &stored::Message, acts: Acts, now: NaiveDateTime, zone: Tz) -> Flag {
    let words = match &text.answered {
        None => "Reads like a wish to stop. Ask before texting again.".to_owned(),
        Some(answered) => {
            let what = match answered.answer {
                FlagAnswer::OptOut => "opted this phone out",
                FlagAnswer::KeepTexting => "looked at this and keeps texting",
            };
            format!("{} {what} · {}", answered.user, format::relative(now, answered.at, zone))
        }
    };
    let is_open = text.answered.is_none() && acts.may_note_consent;
    Flag { words, may_opt_out: is_open, may_keep: is_open && !acts.opted_out, is_answered: text.answered.is_some() }
}
