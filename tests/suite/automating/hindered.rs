use chrono::Duration;
use crewline::domain::{Assignee, BuiltInRole, Condition, Plan};
use crewline::services::{self, By};
use crewline::store::{client_phones, users};

use super::carrier::{Carrier, opted_out, refused};
use super::{Crew, JIM, only};
use crate::support::app::{Backend, for_both};

for_both!(
    a_phone_that_opted_out_is_skipped_and_nobody_is_assigned,
    a_phone_that_opts_out_while_the_text_waits_is_not_texted_and_nobody_is_assigned,
    a_refused_text_assigns_nobody_and_the_next_one_introduces_us,
    a_text_that_the_gateway_knows_as_opted_out_assigns_nobody,
    who_left_or_has_no_access_is_not_assigned_and_the_others_are,
    a_condition_that_is_not_met_lets_no_run_begin,
    a_record_without_a_phone_and_a_blocked_phone_are_skipped,
    on_a_plan_without_sms_nothing_leaves,
);

async fn a_phone_that_opted_out_is_skipped_and_nobody_is_assigned(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.app.text_in(JIM, "STOP").await;
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert!(crew.texts().is_empty(), "{:?}", crew.texts());
    assert_eq!(crew.log(), ["started", "skipped opted_out"]);
    assert_eq!(crew.runs(), ["skipped"]);
    assert!(crew.assigned().is_empty());
}

async fn a_phone_that_opts_out_while_the_text_waits_is_not_texted_and_nobody_is_assigned(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    let (run, now) = (crew.app.number_in("automation_runs", "id"), crew.app.now());
    crew.app.write(|tx| services::automations::take_step(tx, run, now));
    assert!(crew.texts()[0].starts_with("waiting: "), "{:?}", crew.texts());
    crew.app.text_in(JIM, "STOP").await;
    crew.app.drain().await;
    assert!(crew.texts()[0].starts_with("blocked: "), "{:?}", crew.texts());
    assert_eq!(crew.log(), ["started", "queued", "skipped opted_out"]);
    assert!(crew.assigned().is_empty());
}

async fn a_refused_text_assigns_nobody_and_the_next_one_introduces_us(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    let owner = crew.owner().await;
    crew.set_status(&owner, "Appointment Set").await;
    crew.drain_through(&Carrier::answering([refused()])).await;
    assert!(crew.texts()[0].starts_with("failed: "), "{:?}", crew.texts());
    assert_eq!(crew.log(), ["started", "queued", "failed not_accepted"]);
    assert!(crew.assigned().is_empty());

    for status in ["Appointment Not Set", "Appointment Set"] {
        crew.set_status(&owner, status).await;
    }
    crew.after(Duration::seconds(1)).await;
    assert!(crew.texts()[1].starts_with("delivered: Crew & Sons Roofing: "), "{:?}", crew.texts());
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
}

async fn a_text_that_the_gateway_knows_as_opted_out_assigns_nobody(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    crew.drain_through(&Carrier::answering([opted_out()])).await;
    assert_eq!(crew.log(), ["started", "queued", "skipped opted_out"]);
    assert!(crew.assigned().is_empty());
}

async fn who_left_or_has_no_access_is_not_assigned_and_the_others_are(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let field = crew.app.user("Fred Field", BuiltInRole::FieldEmployee);
    let mut definition = crew.appointment_set();
    definition.steps[0].assignees.push(Assignee::User(field));
    crew.automation(&definition);
    crew.appointment_is_set().await;
    crew.app.set_active(crew.michael, false);
    crew.app.drain().await;
    assert_eq!(crew.assigned(), [crew.eve]);
    let log = crew.log();
    let refused: Vec<_> = log.iter().filter(|line| line.starts_with("not_assigned")).collect();
    assert_eq!(refused, ["not_assigned person_inactive", "not_assigned person_without_access"]);
}

async fn a_condition_that_is_not_met_lets_no_run_begin(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let met = only(Condition::PositionHeld(crew.sales_person()), crew.appointment_set());
    let unmet = only(Condition::PositionEmpty(crew.sales_person()), crew.appointment_set());
    crew.automation(&met);
    crew.automation(&unmet);
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert_eq!(crew.runs(), ["done", "skipped"]);
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.app.count("automation_log where event = 'skipped' and reason = 'conditions'"), 1);
}

async fn a_record_without_a_phone_and_a_blocked_phone_are_skipped(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    let conversation = crew.app.text_in(JIM, "Hello").await;
    let (owner, now) = (crew.app.owner(), crew.app.now());
    let user = crew.app.read(|c| users::find(c, owner)).expect("she is here");
    let by = By { user, address: String::new() };
    crew.app.write(|tx| services::block_phone(tx, &by, conversation, now));
    let owner = crew.owner().await;
    crew.set_status(&owner, "Appointment Set").await;
    crew.app.drain().await;
    assert_eq!(crew.log(), ["started", "skipped phone_blocked"]);

    crew.app.write(|tx| Ok(client_phones::replace(tx, crew.jim, &[])?));
    for status in ["Appointment Not Set", "Appointment Set"] {
        crew.set_status(&owner, status).await;
    }
    crew.app.drain().await;
    assert_eq!(crew.log()[2..], ["started", "skipped no_phone"]);
    assert!(crew.texts().is_empty());
}

async fn on_a_plan_without_sms_nothing_leaves(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    crew.app.set_plan(Plan::Starter);
    crew.app.drain().await;
    assert_eq!(crew.log(), ["started", "skipped plan"]);
    assert!(crew.texts().is_empty());
}
