use chrono::Duration;
use crewline::domain::Trigger;

use super::{Crew, JIM, named, step};
use crate::support::app::{Backend, for_both};

for_both!(
    a_client_whom_somebody_enters_begins_a_run,
    only_the_change_from_the_lead_status_that_is_asked_for_counts,
    the_first_text_of_an_unknown_phone_begins_a_run_and_no_other_one,
    a_keyword_is_the_whole_text_whatever_its_case,
    what_happens_while_it_is_off_begins_nothing,
);

const STRANGER: &str = "+13035550177";

async fn a_client_whom_somebody_enters_begins_a_run(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Welcome", Trigger::ClientCreated, vec![step("Welcome, {{client.first_name}}.")]));
    let (owner, status) = (crew.owner().await, crew.status("Appointment Set").to_string());
    let client = [("first_name", "Ann"), ("lead_status_id", status.as_str()), ("phone_1", STRANGER)];
    let entered = owner.post_form("/clients", &client).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    crew.app.drain().await;
    assert_eq!(crew.texts(), ["delivered: Crew & Sons Roofing: Welcome, Ann.\nReply STOP to opt out."]);
    let links = crew.app.count("conversation_clients join clients on clients.id = client_id where first_name = 'Ann'");
    assert_eq!(links, 1, "the conversation belongs to the record");
}

async fn only_the_change_from_the_lead_status_that_is_asked_for_counts(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let (not_set, set) = (crew.status("Appointment Not Set"), crew.status("Appointment Set"));
    let trigger = Trigger::LeadStatus { to: set, from: Some(not_set) };
    crew.automation(&named("From there only", trigger, vec![step("Hi")]));
    let owner = crew.owner().await;
    crew.set_status(&owner, "Appointment Confirmed").await;
    crew.set_status(&owner, "Appointment Set").await;
    assert!(crew.runs().is_empty());
    crew.set_status(&owner, "Appointment Not Set").await;
    crew.set_status(&owner, "Appointment Set").await;
    assert_eq!(crew.runs(), ["waiting"]);
}

async fn the_first_text_of_an_unknown_phone_begins_a_run_and_no_other_one(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Hello", Trigger::FirstText, vec![step("Who is it?")]));
    crew.app.text_in(JIM, "It is Jim, whom you know").await;
    assert!(crew.runs().is_empty());
    crew.app.text_in(STRANGER, "Hello").await;
    assert_eq!(crew.runs(), ["waiting"]);
    crew.after(Duration::minutes(1)).await;
    crew.app.text_in(STRANGER, "Hello again").await;
    crew.app.text_in_to("+17205550199", STRANGER, "And here").await;
    crew.after(Duration::minutes(1)).await;
    assert_eq!(crew.runs(), ["done"]);
    assert_eq!(crew.texts().len(), 1);
    crew.app.text_in("+13035550178", "STOP").await;
    assert_eq!(crew.runs().len(), 1, "who begins with STOP is not written to");
}

async fn a_keyword_is_the_whole_text_whatever_its_case(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&named("Roof", Trigger::Keyword { word: "Roof".to_owned() }, vec![step("We call you.")]));
    crew.app.text_in(JIM, "my roof").await;
    assert!(crew.runs().is_empty());
    crew.app.text_in(JIM, " ROOF! ").await;
    assert_eq!(crew.runs(), ["waiting"]);
}

async fn what_happens_while_it_is_off_begins_nothing(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let id = crew.automation(&crew.appointment_set());
    let now = crew.app.now();
    crew.app.write(|tx| Ok(crewline::store::automations::set_active(tx, id, false, now)?));
    crew.appointment_is_set().await;
    assert!(crew.runs().is_empty());
    crew.app.write(|tx| Ok(crewline::store::automations::set_active(tx, id, true, now)?));
    crew.after(Duration::hours(1)).await;
    assert!(crew.runs().is_empty());
}
