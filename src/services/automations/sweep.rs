//! Begins what only time brings about: appointments, clients who do not reply, clients whom nobody answers.
//!
//! Each automation knows how far it was looked. A sweep goes on from there, also after a stop of the program. What
//! happened while an automation was off lies behind.

use chrono::{NaiveDateTime, TimeDelta};

use super::skipping::skip;
use super::{About, Calendar, begin, first_due};
use crate::automation::Clockwork;
use crate::domain::{AutomationId, Occurrence, Trigger, WhyNot};
use crate::services::Done;
use crate::store::automation_candidates::{self as candidates, Candidate, Range};
use crate::store::automations::{self, Automation};
use crate::store::{DbConnection, Stored, Writer};

/// So many runs begin in one transaction.
const BATCH: i64 = 200;
/// Where nobody was found for so long, it is written down how far that was.
const REMEMBERED: TimeDelta = TimeDelta::minutes(5);

/// How far a sweep got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    More,
    Over,
}

/// Those in which a sweep has something to do. Without automations that is one query.
pub fn to_sweep(connection: &mut DbConnection, now: NaiveDateTime) -> Stored<Vec<AutomationId>> {
    let mut ids = Vec::new();
    for automation in automations::on_time(connection)? {
        let Some(clockwork) = Clockwork::of(&automation.definition.trigger) else { continue };
        let until = now + clockwork.ahead;
        if automation.swept_until + REMEMBERED <= until
            || !found(connection, &automation, clockwork, until, 1)?.is_empty()
        {
            ids.push(automation.id);
        }
    }
    Ok(ids)
}

/// Begins the next runs of an automation for whom time has come.
pub fn sweep_some(tx: &mut Writer<'_>, id: AutomationId, now: NaiveDateTime) -> Done<Swept> {
    let Some(automation) = automations::find(tx, id)?.filter(|one| one.active && !one.archived) else {
        return Ok(Swept::Over);
    };
    let Some(clockwork) = Clockwork::of(&automation.definition.trigger) else { return Ok(Swept::Over) };
    // Another process may have a clock that is a little ahead
    let until = (now + clockwork.ahead).max(automation.swept_until);
    let found = found(tx, &automation, clockwork, until, BATCH)?;
    let ours = Calendar::of_client(tx, None)?;
    for candidate in &found {
        let own = candidate.time_zone.as_deref().and_then(|name| name.parse().ok());
        let calendar = Calendar { zone: own.unwrap_or(ours.zone), ..ours };
        begin_for(tx, &automation, clockwork, candidate, &calendar, now)?;
    }
    match found.last().filter(|_| found.len() as i64 == BATCH) {
        Some(last) => {
            automations::set_swept(tx, id, clockwork.about(last.at), last.id())?;
            Ok(Swept::More)
        }
        None => {
            automations::set_swept(tx, id, until, i64::MAX)?;
            Ok(Swept::Over)
        }
    }
}

fn found(
    connection: &mut DbConnection,
    automation: &Automation,
    clockwork: Clockwork,
    until: NaiveDateTime,
    limit: i64,
) -> Stored<Vec<Candidate>> {
    let range = Range {
        after: clockwork.counted_from(automation.swept_until),
        after_id: automation.swept_id,
        until: clockwork.counted_from(until),
        limit,
    };
    match automation.definition.trigger {
        Trigger::Appointment { .. } => candidates::appointments(connection, &range),
        Trigger::NoReply { .. } => candidates::waited_for(connection, &range),
        Trigger::Unanswered { .. } => candidates::waiting(connection, &range),
        _ => Ok(Vec::new()),
    }
}

fn begin_for(
    tx: &mut Writer<'_>,
    automation: &Automation,
    clockwork: Clockwork,
    candidate: &Candidate,
    calendar: &Calendar,
    now: NaiveDateTime,
) -> Stored<()> {
    let Some(occurrence) = occurrence(&automation.definition.trigger, candidate) else { return Ok(()) };
    let about = About { client: candidate.client, conversation: candidate.conversation };
    let due_at = first_due(automation, clockwork.moment(candidate.at, calendar.zone), calendar);
    if clockwork.is_pointless(candidate.at, now) {
        skip(tx, automation, &occurrence, about, (due_at, WhyNot::TooLate), now)
    } else {
        begin(tx, automation, &occurrence, about, due_at, now).map(drop)
    }
}

fn occurrence(trigger: &Trigger, candidate: &Candidate) -> Option<Occurrence> {
    let at = candidate.at;
    match trigger {
        Trigger::Appointment { .. } => Some(Occurrence::Appointment { client: candidate.client?, at }),
        Trigger::NoReply { .. } => Some(Occurrence::NoReply { conversation: candidate.conversation?, since: at }),
        Trigger::Unanswered { .. } => Some(Occurrence::Unanswered { conversation: candidate.conversation?, since: at }),
        _ => None,
    }
}
