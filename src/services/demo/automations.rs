use chrono::{NaiveDateTime, TimeDelta};

use super::company::Founded;
use super::people::Person;
use super::script::unreadable;
use crate::domain::{
    Assignee, AutomationEvent, AutomationId, ClientId, Condition, Definition, Occurrence, RunState, Step, Trigger,
    Wait, WaitUnit, WhyNot,
};
use crate::store::automation_log::{self, NewLine};
use crate::store::automation_runs::{self, NewRun};
use crate::store::{Stored, Writer, automations, clients};

/// Three automations, and what one of them left undone. Only the one that a person sets off is on: the demo texts nobody by
/// itself.
pub(super) fn set_up(tx: &mut Writer<'_>, company: &Founded, now: NaiveDateTime) -> Stored<()> {
    let opening = now - TimeDelta::days(60);
    let set = automations::insert(tx, &appointment_set(company)?, opening)?;
    automations::set_active(tx, set, true, opening)?;
    automations::set_swept(tx, set, now, 0)?;
    let reminder = automations::insert(tx, &reminder(company)?, opening)?;
    automations::insert(tx, &first_text(company)?, opening)?;
    for (phone, days, reasons) in [
        ("+13035550121", 21, &[WhyNot::OptedOut][..]),
        ("+13035550110", 9, &[WhyNot::QuietHours, WhyNot::AppointmentChanged][..]),
        ("+13035550126", 5, &[WhyNot::Conditions][..]),
        ("+13035550115", 3, &[WhyNot::QuietHours, WhyNot::AppointmentChanged][..]),
    ] {
        let client = clients::with_phone(tx, phone)?.first().map(|(id, _)| *id).ok_or_else(|| unreadable(phone))?;
        let begins = (now - TimeDelta::days(days)).date().and_hms_opt(3, 42, 0).unwrap_or(now);
        skip(tx, reminder, client, reasons, begins)?;
    }
    Ok(())
}

/// The original's example: the Sales Person on the record, and Michael Scott.
fn appointment_set(company: &Founded) -> Stored<Definition> {
    let sales = company.positions.first().map(|position| Assignee::Position(*position));
    let michael = person(company, "sales2").map(Assignee::User);
    Ok(Definition {
        name: "Appointment set".to_owned(),
        trigger: Trigger::LeadStatus { to: status(company, "Appointment Set")?, from: None },
        conditions: Vec::new(),
        steps: vec![Step {
            wait: Wait::NONE,
            body: "Hi {{client.first_name|there}}, your inspection with {{company.name}} is set for \
                   {{appointment.date|the day we agreed on}}. {{sales_person.first_name|One of us}} will be there. Just \
                   answer here if anything changes."
                .to_owned(),
            push: false,
            assignees: sales.into_iter().chain(michael).collect(),
        }],
        stop_on_reply: true,
        number: company.numbers.first().copied(),
    })
}

fn reminder(company: &Founded) -> Stored<Definition> {
    let sales = company.positions.first().map(|position| Assignee::Position(*position));
    let body = "Hi {{client.first_name|there}}, a reminder from {{company.name}}: we come tomorrow, \
                {{appointment.date}}, at {{appointment.time}}. Please keep the driveway free.";
    Ok(Definition {
        name: "Reminder the day before".to_owned(),
        trigger: Trigger::Appointment { wait: Wait { count: 1, unit: WaitUnit::Days }, before: true },
        conditions: vec![
            Condition::LeadStatus(status(company, "Appointment Set")?),
            Condition::LeadStatus(status(company, "Appointment Confirmed")?),
        ],
        steps: vec![Step {
            wait: Wait::NONE,
            body: body.to_owned(),
            push: false,
            assignees: sales.into_iter().collect(),
        }],
        stop_on_reply: true,
        number: None,
    })
}

fn first_text(company: &Founded) -> Stored<Definition> {
    let body = "Thanks for texting {{company.name}}! Somebody will answer you shortly. What is the address, and what \
                happened to the roof?";
    let manager = person(company, "manager").map(Assignee::User);
    Ok(Definition {
        name: "First text from an unknown phone".to_owned(),
        trigger: Trigger::FirstText,
        conditions: Vec::new(),
        steps: vec![Step {
            wait: Wait { count: 2, unit: WaitUnit::Minutes },
            body: body.to_owned(),
            push: true,
            assignees: manager.into_iter().collect(),
        }],
        stop_on_reply: false,
        number: None,
    })
}

/// A run that came to no text, for these reasons, the last one for good.
fn skip(
    tx: &mut Writer<'_>,
    automation: AutomationId,
    client: ClientId,
    reasons: &[WhyNot],
    begins: NaiveDateTime,
) -> Stored<()> {
    let occurrence = Occurrence::Appointment { client, at: begins + TimeDelta::days(1) }.to_string();
    let new = NewRun {
        automation_id: automation,
        occurrence: &occurrence,
        client_id: Some(client),
        conversation_id: None,
        due_at: begins,
        appointment_at: None,
    };
    let Some(run) = automation_runs::insert(tx, &new, begins)? else { return Ok(()) };
    let line = |event, reason| NewLine {
        automation_id: automation,
        run_id: run,
        step: 0,
        event,
        reason,
        detail: "",
        message_id: None,
        user_id: None,
    };
    automation_log::insert(tx, &line(AutomationEvent::Started, None), begins)?;
    let mut at = begins;
    for (index, why) in reasons.iter().enumerate() {
        let is_last = index + 1 == reasons.len();
        let event = if is_last { AutomationEvent::Skipped } else { AutomationEvent::Deferred };
        automation_log::insert(tx, &line(event, Some(*why)), at)?;
        at += TimeDelta::hours(13);
    }
    automation_runs::end(tx, run, RunState::Skipped, at)
}

fn status(company: &Founded, name: &str) -> Stored<i64> {
    let found = company.lead_statuses.iter().find(|(known, _)| *known == name);
    found.map(|(_, id)| *id).ok_or_else(|| unreadable(name))
}

fn person(company: &Founded, word: &str) -> Option<i64> {
    Person::named(word).and_then(|person| company.user(person))
}
