//! Automations at work: what begins a run, what leaves and when, who is assigned for it and who is not.

mod carrier;
mod example;
mod hindered;
mod holding;
mod joining;
mod once;
mod quiet;
mod triggers;

use std::sync::Arc;

use chrono::Duration;
use crewline::domain::{
    Assignee, AutomationId, BuiltInRole, ClientId, Condition, Definition, PositionId, Step, Trigger, UserId, Wait,
    WaitUnit,
};
use crewline::store::automations;
use crewline::worker::Worker;

use crate::support::actor::Actor;
use crate::support::app::{Backend, TestApp};
use crate::support::rows;
use carrier::Carrier;

const JIM: &str = "+13035550142";
/// A Tuesday; in Denver it is eleven in the morning.
const TUESDAY: &str = "2026-11-24T18:00:00";

/// Jim, whose Sales Person is Eve; Michael, who is to be assigned by name; and Toby, who has nothing to do with it.
struct Crew {
    app: TestApp,
    eve: UserId,
    michael: UserId,
    jim: ClientId,
}

impl Crew {
    async fn at_work(backend: Backend) -> Crew {
        Crew::at(backend, TUESDAY).await
    }

    async fn at(backend: Backend, now: &str) -> Crew {
        Crew::of(TestApp::planned(backend).at(now).start().await)
    }

    fn of(app: TestApp) -> Crew {
        let eve = app.user("Eve Sales", BuiltInRole::SalesPerson);
        let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
        app.user("Toby Other", BuiltInRole::SalesPerson);
        let jim = app.client("Jim", JIM, &[eve]);
        Crew { app, eve, michael, jim }
    }

    /// The first one on the list of positions.
    fn sales_person(&self) -> PositionId {
        self.app.number_in("positions where name = 'Sales Person'", "id")
    }

    fn status(&self, name: &str) -> i64 {
        self.app.number_in(&format!("lead_statuses where name = '{name}'"), "id")
    }

    /// One that is on.
    fn automation(&self, definition: &Definition) -> AutomationId {
        let now = self.app.now();
        self.app.write(|tx| {
            let id = automations::insert(tx, definition, now)?;
            automations::set_active(tx, id, true, now)?;
            Ok(id)
        })
    }

    /// The example that the product began with.
    fn appointment_set(&self) -> Definition {
        let trigger = Trigger::LeadStatus { to: self.status("Appointment Set"), from: None };
        let whom = vec![Assignee::Position(self.sales_person()), Assignee::User(self.michael)];
        let body = "Hi {{client.first_name}}, {{sales_person.first_name|somebody}} is on the way.";
        named("Appointment set", trigger, vec![Step { assignees: whom, ..step(body) }])
    }

    /// Somebody gives Jim a lead status, on the page.
    async fn set_status(&self, by: &Actor, name: &str) {
        let (path, status) = (format!("/clients/{}/lead-status", self.jim), self.status(name).to_string());
        assert_eq!(by.post_form(&path, &[("lead_status_id", &status)]).await.status, 303);
    }

    async fn owner(&self) -> Actor {
        self.app.sign_in(self.app.owner()).await
    }

    async fn appointment_is_set(&self) {
        let owner = self.owner().await;
        self.set_status(&owner, "Appointment Set").await;
    }

    /// Does what is due, with texts leaving through this carrier.
    async fn drain_through(&self, carrier: &Arc<Carrier>) {
        let worker = Worker { gateways: vec![carrier.clone()], ..self.app.worker.clone() };
        worker.drain().await.expect("the outbox can be read");
    }

    /// Lets so much time go by, and then does what is due.
    async fn after(&self, time: Duration) {
        self.app.advance(time);
        self.app.drain().await;
    }

    /// Who is assigned to anything.
    fn assigned(&self) -> Vec<UserId> {
        self.app.numbers("select user_id as number from assignments order by user_id")
    }

    /// Who was told of texts from outside.
    fn told(&self) -> Vec<UserId> {
        self.app.numbers("select user_id as number from notifications where kind = 'inbound' order by user_id")
    }

    /// All our texts, each with its state.
    fn texts(&self) -> Vec<String> {
        self.lines("select status || ': ' || body as line from messages where direction = 'out' order by id")
    }

    /// What the log says, oldest first.
    fn log(&self) -> Vec<String> {
        self.lines("select event || coalesce(' ' || reason, '') as line from automation_log order by id")
    }

    fn runs(&self) -> Vec<String> {
        self.lines("select state as line from automation_runs order by id")
    }

    fn lines(&self, sql: &str) -> Vec<String> {
        self.app.read(|c| rows::lines(c, sql))
    }
}

fn named(name: &str, trigger: Trigger, steps: Vec<Step>) -> Definition {
    let (name, conditions) = (name.to_owned(), Vec::new());
    Definition { name, trigger, conditions, steps, stop_on_reply: true, number: None }
}

/// At once, assigning nobody.
fn step(body: &str) -> Step {
    Step { wait: Wait::NONE, body: body.to_owned(), push: false, assignees: Vec::new() }
}

fn after(count: i64, unit: WaitUnit, body: &str) -> Step {
    Step { wait: Wait { count, unit }, ..step(body) }
}

fn only(condition: Condition, definition: Definition) -> Definition {
    Definition { conditions: vec![condition], ..definition }
}
