//! Automations that wait for time to pass, and what becomes of them meanwhile.

mod appointments;
mod crowd;
mod sweeping;
mod turning;
mod uses;
mod waiting;

use chrono::NaiveDateTime;
use crewline::domain::{
    AutomationEvent, AutomationId, ClientId, Definition, RunState, Step, Trigger, Wait, WaitUnit, WhyNot,
};
use crewline::services::{self, By};
use crewline::store::automation_log::{self, Which};
use crewline::store::automations;
use crewline::store::clients;
use crewline::store::users;

use crate::support::app::{Backend, TestApp};

/// Noon in Denver, on a Wednesday.
const NOON: &str = "2026-11-25T19:00:00";

const KAREN: &str = "+13035550101";

async fn at_noon(backend: Backend) -> TestApp {
    TestApp::planned(backend).at(NOON).start().await
}

fn at(time: &str) -> NaiveDateTime {
    time.parse().expect("a time like 2026-11-25T19:00:00")
}

fn wait(count: i64, unit: WaitUnit) -> Wait {
    Wait { count, unit }
}

fn step(body: &str) -> Step {
    Step { wait: Wait::NONE, body: body.to_owned(), push: false, assignees: Vec::new() }
}

fn definition(name: &str, trigger: Trigger) -> Definition {
    Definition {
        name: name.to_owned(),
        trigger,
        conditions: Vec::new(),
        steps: vec![step("Hi {{client.first_name|there}}")],
        stop_on_reply: false,
        number: None,
    }
}

/// Set up, and off.
fn set_up(app: &TestApp, definition: &Definition) -> AutomationId {
    let now = app.now();
    app.write(|tx| Ok(automations::insert(tx, definition, now)?))
}

/// Set up, and turned on by the Owner.
fn turned_on(app: &TestApp, definition: &Definition) -> AutomationId {
    let (id, by, now) = (set_up(app, definition), owner(app), app.now());
    app.write(|tx| services::automations::turn_on(tx, &by, id, now));
    id
}

fn owner(app: &TestApp) -> By {
    let user = app.read(|c| users::find(c, app.owner())).expect("the Owner is here");
    By { user, address: String::new() }
}

/// The Owner gives a record an appointment, or takes it off.
fn set_appointment(app: &TestApp, client: ClientId, appointment_at: Option<NaiveDateTime>) {
    let (by, now) = (owner(app), app.now());
    app.write(|tx| {
        let found = clients::find(tx, client)?.expect("it is there");
        let mut details = services::details_of(tx, &found)?;
        details.fields.appointment_at = appointment_at;
        services::update_client(tx, &by, client, &details, now)
    });
}

/// What time alone begins, and everything that is due now.
async fn time_passes(app: &TestApp) {
    app.worker.begin_runs().await.expect("automations can be looked through");
    app.drain().await;
}

/// So many texts of automations were made.
fn texts(app: &TestApp) -> i64 {
    app.count("messages where automation_run_id is not null")
}

fn runs(app: &TestApp, state: RunState) -> i64 {
    app.count(&format!("automation_runs where state = '{state}'"))
}

/// The log of an automation from its beginning.
fn log(app: &TestApp, automation: AutomationId) -> Vec<(AutomationEvent, Option<WhyNot>)> {
    let which = Which { automation: Some(automation), ..Which::default() };
    let mut lines = app.read(|c| automation_log::page(c, &which, 1_000));
    lines.reverse();
    lines.into_iter().map(|line| (line.event, line.reason)).collect()
}
