use chrono::{NaiveDateTime, TimeDelta};

use super::{Circumstances, QuietHours, introduced, unmet};
use crate::domain::{Condition, MergeTemplate, MergeValues, SmsText, WhyNot};

#[cfg(test)]
mod tests;

/// So far apart automated texts leave from one number: carriers take about one a second from an ordinary one.
pub const PACE: TimeDelta = TimeDelta::seconds(1);
/// A place in the row that was missed by more is gone: after a stop of the program texts leave one by one again, and what
/// a person writes does not wait behind thousands.
pub const GRACE: TimeDelta = TimeDelta::minutes(1);

/// Everything that decides about the next step of a run, as it is now.
#[derive(Debug)]
pub struct Moment<'a> {
    pub now: NaiveDateTime,
    pub conditions: &'a [Condition],
    /// No text of this run was sent yet.
    pub is_first: bool,
    pub due_at: NaiveDateTime,
    /// The place in the row of its number that it was promised.
    pub slot_at: Option<NaiveDateTime>,
    pub phone: Phone,
    pub subject: Subject,
    /// The appointment that the run is to come before.
    pub before: Option<NaiveDateTime>,
    pub circumstances: &'a Circumstances,
    pub quiet_hours: &'a QuietHours,
    pub plan_has_sms: bool,
    /// When the next automated text may leave from the number; in the past if it is idle.
    pub number_free_at: NaiveDateTime,
    pub company: &'a str,
    pub template: Option<&'a MergeTemplate>,
    pub values: &'a MergeValues,
}

/// Where the text would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// The record has none.
    Missing,
    /// There is no number of ours that it could leave from.
    NoNumber,
    OptedOut,
    Blocked,
    Open {
        /// It was told before who writes, and how to opt out.
        introduced: bool,
    },
}

/// Whether what the run is about is still so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Same,
    /// The client was deleted.
    Gone,
    /// The appointment is at another time now, or off.
    AnotherAppointment,
    /// Of *no reply* and *unanswered*: somebody wrote since.
    NoLongerTrue,
}

/// What is to be done with a step whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Send {
        text: SmsText,
        introduces: bool,
    },
    /// Not before then. `reserved`: this is its place in the number's row; with a reason it has it from now on.
    Defer {
        until: NaiveDateTime,
        why: Option<WhyNot>,
        reserved: bool,
    },
    /// The run is over.
    End {
        why: WhyNot,
    },
}

impl Decision {
    /// When the next automated text may leave from the number, once this is done.
    pub fn number_free_at(&self, moment: &Moment<'_>) -> NaiveDateTime {
        match self {
            Self::Send { .. } => moment.number_free_at.max(one_further(moment.now)),
            Self::Defer { until, why: Some(WhyNot::Pacing), .. } => one_further(*until),
            Self::Defer { .. } | Self::End { .. } => moment.number_free_at,
        }
    }
}

fn one_further(at: NaiveDateTime) -> NaiveDateTime {
    at.checked_add_signed(PACE).unwrap_or(at)
}

/// Total and deterministic; nothing is sent that any rule forbids, and nothing is dropped that only has to wait.
pub fn decide(moment: &Moment<'_>) -> Decision {
    if moment.due_at > moment.now {
        return Decision::Defer { until: moment.due_at, why: None, reserved: moment.slot_at.is_some() };
    }
    if let Some(why) = over(moment) {
        return Decision::End { why };
    }
    let introduces = moment.phone == Phone::Open { introduced: false };
    let text = match words(moment, introduces) {
        Ok(text) => text,
        Err(why) => return Decision::End { why },
    };
    match waits(moment) {
        Some(Decision::Defer { until, .. }) if comes_too_late(moment, until) => Decision::End { why: WhyNot::TooLate },
        Some(deferred) => deferred,
        None => Decision::Send { text, introduces },
    }
}

/// Why the run ends here, if it does.
fn over(moment: &Moment<'_>) -> Option<WhyNot> {
    let subject = match moment.subject {
        Subject::Same => None,
        Subject::Gone => Some(WhyNot::ClientGone),
        Subject::AnotherAppointment => Some(WhyNot::AppointmentChanged),
        // Later steps go on unless a reply stops them
        Subject::NoLongerTrue => moment.is_first.then_some(WhyNot::NoLongerTrue),
    };
    let phone = match moment.phone {
        Phone::Missing => Some(WhyNot::NoPhone),
        Phone::NoNumber => Some(WhyNot::NoNumber),
        Phone::OptedOut => Some(WhyNot::OptedOut),
        Phone::Blocked => Some(WhyNot::PhoneBlocked),
        Phone::Open { .. } => None,
    };
    // What comes after a first text may be meant for afterwards
    let late = (moment.is_first && comes_too_late(moment, moment.now)).then_some(WhyNot::TooLate);
    let plan = (!moment.plan_has_sms).then_some(WhyNot::PlanWithoutSms);
    let condition = unmet(moment.conditions, moment.circumstances).map(|_| WhyNot::Conditions);
    subject.or(phone).or(late).or(plan).or(condition)
}

/// Nobody is reminded of an appointment that has begun: one that was still ahead when the text fell due.
fn comes_too_late(moment: &Moment<'_>, at: NaiveDateTime) -> bool {
    moment.before.is_some_and(|appointment| appointment <= at && (moment.is_first || moment.now < appointment))
}

fn words(moment: &Moment<'_>, introduces: bool) -> Result<SmsText, WhyNot> {
    let template = moment.template.ok_or(WhyNot::TextUnreadable)?;
    let text = template.render(moment.values).text;
    let text = text.trim();
    if text.is_empty() {
        return Err(WhyNot::TextEmpty);
    }
    let text = if introduces { introduced(text, moment.company) } else { text.to_owned() };
    SmsText::parse(&text).map_err(|_| WhyNot::TextTooLong)
}

/// Quiet hours go before the number's row: nobody is promised a place at night.
fn waits(moment: &Moment<'_>) -> Option<Decision> {
    let zone = moment.circumstances.zone;
    let open = moment.quiet_hours.next_allowed(moment.now, zone);
    if open > moment.now {
        return Some(Decision::Defer { until: open, why: Some(WhyNot::QuietHours), reserved: false });
    }
    let has_its_place = moment.slot_at.is_some_and(|slot| slot <= moment.now && moment.now - slot <= GRACE);
    if has_its_place || moment.number_free_at <= moment.now {
        return None;
    }
    let free = moment.number_free_at;
    let open = moment.quiet_hours.next_allowed(free, zone);
    Some(if open > free {
        Decision::Defer { until: open, why: Some(WhyNot::QuietHours), reserved: false }
    } else {
        Decision::Defer { until: free, why: Some(WhyNot::Pacing), reserved: true }
    })
}
