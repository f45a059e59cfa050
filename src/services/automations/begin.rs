use chrono::NaiveDateTime;

use super::{Asked, Calendar, Situation};
use crate::automation::{Subject, after, unmet};
use crate::domain::{AutomationEvent, AutomationRunId, ClientId, ConversationId, Occurrence, RunState, Wait, WhyNot};
use crate::services::Job;
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, NewRun};
use crate::store::automations::Automation;
use crate::store::{Stored, Writer};

/// Whom a run is for: a record, a conversation, or both where the conversation belongs to a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    pub client: Option<ClientId>,
    pub conversation: Option<ConversationId>,
}

/// When the first step is due, if its trigger came true then.
pub fn first_due(automation: &Automation, at: NaiveDateTime, calendar: &Calendar) -> NaiveDateTime {
    let wait = automation.definition.steps.first().map_or(Wait::NONE, |step| step.wait);
    after(at, wait, calendar.zone)
}

/// Begins the run of an occurrence and queues its first step; one that no condition lets begin is written down as
/// skipped. None where this occurrence has its run already.
pub fn begin(
    tx: &mut Writer<'_>,
    automation: &Automation,
    occurrence: &Occurrence,
    about: About,
    due_at: NaiveDateTime,
    now: NaiveDateTime,
) -> Stored<Option<AutomationRunId>> {
    let new = NewRun {
        automation_id: automation.id,
        occurrence: &occurrence.to_string(),
        client_id: about.client,
        conversation_id: about.conversation,
        due_at,
        appointment_at: occurrence.appointment_at(),
    };
    let Some(run) = automation_runs::insert(tx, &new, now)? else { return Ok(None) };
    let line = NewLine {
        automation_id: automation.id,
        run_id: run,
        step: 0,
        event: AutomationEvent::Started,
        reason: None,
        detail: "",
        message_id: None,
        user_id: None,
    };
    if let Some(why) = hindered(tx, automation, occurrence, about, now)? {
        automation_log::insert(tx, &NewLine { event: AutomationEvent::Skipped, reason: Some(why), ..line }, now)?;
        automation_runs::end(tx, run, RunState::Skipped, now)?;
        return Ok(Some(run));
    }
    automation_log::insert(tx, &line, now)?;
    Job::AutomationStep { run }.enqueue(tx, due_at, now)?;
    Ok(Some(run))
}

/// Conditions hold when a run begins, and again before each text.
fn hindered(
    tx: &mut Writer<'_>,
    automation: &Automation,
    occurrence: &Occurrence,
    about: About,
    now: NaiveDateTime,
) -> Stored<Option<WhyNot>> {
    let definition = &automation.definition;
    if definition.conditions.is_empty() {
        return Ok(None);
    }
    let asked = Asked {
        definition,
        step: 0,
        client: occurrence.client(),
        conversation: about.conversation,
        began_at: now,
        due_at: now,
        slot_at: None,
        subject: Subject::Same,
    };
    let situation = Situation::of(tx, &asked)?;
    let unmet = situation.and_then(|known| unmet(&definition.conditions, &known.circumstances).map(|_| ()));
    Ok(unmet.map(|()| WhyNot::Conditions))
}
