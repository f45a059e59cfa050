use chrono::NaiveDateTime;

use super::Calendar;
use super::facts::client_of;
use super::lines::of_text;
use crate::domain::{AutomationEvent, MessageId, RunState, WhyNot};
use crate::services::Done;
use crate::store::automation_log::{self, NewLine, Which};
use crate::store::automation_runs::{self, Run};
use crate::store::messages::{self, Message};
use crate::store::{DbConnection, Stored, Writer, introductions};

/// Why a text of an automation must not leave now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// Its run was stopped since.
    Stopped(WhyNot),
    /// It is quiet until then.
    QuietUntil(NaiveDateTime),
}

/// Looked at once more when its turn has come: the gateway may have been down for long. Nothing hinders a person's text.
pub fn hindrance(tx: &mut Writer<'_>, message: &Message, now: NaiveDateTime) -> Done<Option<Hindrance>> {
    let Some((run, _)) = messages::automation_of(tx, message.id)? else { return Ok(None) };
    let Some(run) = automation_runs::find(tx, run)? else { return Ok(None) };
    if run.state == RunState::Stopped {
        return Ok(Some(Hindrance::Stopped(why_stopped(tx, &run)?)));
    }
    let client = client_of(tx, &run, message.conversation_id)?;
    let calendar = Calendar::of_client(tx, client)?;
    let open = calendar.quiet_hours.next_allowed(now, calendar.zone);
    Ok((open > now).then_some(Hindrance::QuietUntil(open)))
}

fn why_stopped(connection: &mut DbConnection, run: &Run) -> Stored<WhyNot> {
    let stopped = Which { run: Some(run.id), event: Some(AutomationEvent::Stopped), ..Which::default() };
    let line = automation_log::page(connection, &stopped, 1)?.pop();
    Ok(line.and_then(|line| line.reason).unwrap_or(WhyNot::EndedByHand))
}

/// A text of an automation did not leave; whom it would have assigned stays unassigned. Says nothing of a person's text.
pub fn not_sent(tx: &mut Writer<'_>, message: MessageId, why: WhyNot, now: NaiveDateTime) -> Done<()> {
    introductions::withdraw(tx, message)?;
    note(tx, message, why, "", now)
}

/// Nobody can say whether it left, and nobody is assigned.
pub fn fate_unknown(tx: &mut Writer<'_>, message: MessageId, now: NaiveDateTime) -> Done<()> {
    note(tx, message, WhyNot::NotAccepted, "The gateway does not say whether it took the text", now)
}

fn note(tx: &mut Writer<'_>, message: MessageId, why: WhyNot, detail: &str, now: NaiveDateTime) -> Done<()> {
    let Some((run, step)) = messages::automation_of(tx, message)? else { return Ok(()) };
    let Some(run) = automation_runs::find(tx, run)? else { return Ok(()) };
    let event = match why {
        WhyNot::NotAccepted => AutomationEvent::Failed,
        _ => AutomationEvent::Skipped,
    };
    let line = NewLine { reason: Some(why), detail, ..of_text(&run, step, event, message) };
    Ok(automation_log::insert(tx, &line, now)?)
}
