use chrono::Duration;
use crewline::domain::{GatewayKind, Trigger};
use crewline::gateway::InboundText;
use crewline::services::automations::take_step;
use crewline::services::receive_text;

use super::{Crew, JIM, named, step};
use crate::support::app::{Backend, for_both};

for_both!(
    a_text_that_is_delivered_twice_begins_one_run,
    a_step_that_is_taken_twice_sends_one_text,
    the_same_lead_status_again_begins_a_run_of_its_own_and_no_change_none,
    what_an_automation_writes_begins_nothing,
    a_phone_is_told_once_who_writes_and_how_to_opt_out,
    our_own_numbers_are_not_texted,
    two_workers_of_one_database_send_each_text_once,
);

fn keyword(word: &str) -> Trigger {
    Trigger::Keyword { word: word.to_owned() }
}

async fn a_text_that_is_delivered_twice_begins_one_run(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Roof", keyword("roof"), vec![step("We call you.")]));
    let (now, to) = (crew.app.now(), crew.app.number());
    let text = InboundText {
        provider_message_id: "twice".to_owned(),
        from: JIM.to_owned(),
        to,
        body: "Roof!".to_owned(),
        media: Vec::new(),
    };
    for _ in 0..2 {
        crew.app.write(|tx| receive_text(tx, GatewayKind::Simulator, &text, now));
    }
    crew.app.drain().await;
    assert_eq!(crew.runs(), ["done"]);
    assert_eq!(crew.texts().len(), 1);
}

async fn a_step_that_is_taken_twice_sends_one_text(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    let (run, now) = (crew.app.number_in("automation_runs", "id"), crew.app.now());
    for _ in 0..3 {
        crew.app.write(|tx| take_step(tx, run, now));
    }
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
}

async fn the_same_lead_status_again_begins_a_run_of_its_own_and_no_change_none(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    let owner = crew.owner().await;
    for status in ["Appointment Set", "Appointment Set", "Appointment Not Set", "Appointment Set"] {
        crew.set_status(&owner, status).await;
        crew.after(Duration::seconds(1)).await;
    }
    assert_eq!(crew.runs(), ["done", "done"]);
    assert_eq!(crew.texts().len(), 2);
}

async fn what_an_automation_writes_begins_nothing(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Ping", keyword("ping"), vec![step("pong")]));
    crew.automation(&named("Pong", keyword("pong"), vec![step("ping")]));
    crew.app.text_in(JIM, "ping").await;
    crew.after(Duration::hours(1)).await;
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.runs(), ["done"]);
    assert_eq!(crew.texts().len(), 1);
}

async fn a_phone_is_told_once_who_writes_and_how_to_opt_out(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Roof", keyword("roof"), vec![step("We call you.")]));
    for _ in 0..2 {
        crew.app.text_in(JIM, "roof").await;
        crew.after(Duration::minutes(1)).await;
    }
    let introduced = "delivered: Crew & Sons Roofing: We call you.\nReply STOP to opt out.";
    assert_eq!(crew.texts(), [introduced, "delivered: We call you."]);
}

async fn our_own_numbers_are_not_texted(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Roof", keyword("roof"), vec![step("roof")]));
    let ours = crew.app.number();
    crew.app.text_in_to("+17205550199", &ours, "roof").await;
    crew.after(Duration::minutes(1)).await;
    assert_eq!(crew.log(), ["started", "skipped no_phone"]);
    assert!(crew.texts().is_empty());
}

async fn two_workers_of_one_database_send_each_text_once(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    for _ in 0..6 {
        crew.automation(&crew.appointment_set());
    }
    crew.appointment_is_set().await;
    for _ in 0..12 {
        tokio::join!(crew.app.drain(), crew.app.drain());
        crew.app.advance(Duration::seconds(1));
    }
    assert_eq!(crew.texts().len(), 6);
    assert_eq!(crew.app.count("automation_log where event = 'accepted'"), 6);
    assert_eq!(crew.runs(), ["done"; 6]);
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
}
