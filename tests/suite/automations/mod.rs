//! `/automations` and what hangs below it.

mod dry_run;
mod editing;
mod list;
mod log;
mod refusing;
mod turning;

use crewline::domain::{Assignee, AutomationId, Definition, LeadStatusId, Step, Trigger, Wait};
use crewline::store::automations;

use crate::support::app::{Answered, TestApp};

pub const PAGE: &str = "/automations";

/// One that texts this at once and assigns nobody; it is off.
pub fn insert_text(app: &TestApp, name: &str, trigger: Trigger, body: &str) -> AutomationId {
    insert(app, name, trigger, &[(body, &[])])
}

/// One with a step at once for each of these texts.
pub fn insert(app: &TestApp, name: &str, trigger: Trigger, steps: &[(&str, &[Assignee])]) -> AutomationId {
    let step = |(body, assignees): &(&str, &[Assignee])| Step {
        wait: Wait::NONE,
        body: (*body).to_owned(),
        push: false,
        assignees: assignees.to_vec(),
    };
    let definition = Definition {
        name: name.to_owned(),
        trigger,
        conditions: Vec::new(),
        steps: steps.iter().map(step).collect(),
        stop_on_reply: false,
        number: None,
    };
    let now = app.now();
    app.write(|tx| Ok(automations::insert(tx, &definition, now)?))
}

fn stored(app: &TestApp, id: AutomationId) -> Definition {
    app.read(|c| automations::find(c, id)).expect("it is there").definition
}

fn status(app: &TestApp, name: &str) -> LeadStatusId {
    app.number_in(&format!("lead_statuses where name = '{name}'"), "id")
}

/// The id in the address that a person is led to.
fn made(answer: &Answered) -> AutomationId {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let place = answer.location.as_deref().unwrap_or_default();
    place.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no automation: {place}"))
}

/// Everything that is wrong, as a person reads it.
fn faults(answer: &Answered) -> Vec<String> {
    assert_eq!(answer.status, 422, "{}", answer.text());
    answer.texts("[role=alert] .faults li")
}
