use super::carrier::{Carrier, unknown};
use super::{Crew, JIM};
use crate::support::app::{Backend, for_both};
use chrono::Duration;

for_both!(
    a_new_lead_status_texts_the_client_and_assigns_the_sales_person_and_michael,
    when_the_client_replies_both_are_told_and_nobody_else,
    with_the_position_empty_only_michael_is_assigned,
    nobody_is_assigned_before_the_gateway_has_taken_the_text,
    a_text_that_is_found_at_the_gateway_later_assigns_then,
    a_text_whose_fate_stays_unknown_assigns_nobody,
);

const SENT: &str = "delivered: Crew & Sons Roofing: Hi Jim, Eve is on the way.\nReply STOP to opt out.";

async fn a_new_lead_status_texts_the_client_and_assigns_the_sales_person_and_michael(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    let owner = crew.owner().await;
    crew.set_status(&owner, "Appointment Set").await;
    crew.app.drain().await;
    assert_eq!(crew.texts(), [SENT]);
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
    assert_eq!(crew.log(), ["started", "queued", "accepted", "assigned", "assigned"]);
    assert_eq!(crew.runs(), ["done"]);

    let thread = format!("/conversations/{}", crew.app.number_in("conversations", "id"));
    let run = crew.app.number_in("automation_runs", "id");
    let page = owner.get(&thread).await;
    assert_eq!(page.texts(".message-sender"), ["by Appointment set"]);
    assert_eq!(page.attributes(".message-sender a", "href"), [format!("/automations/log?run={run}")]);
    assert!(page.text().contains("Eve Sales was assigned by Appointment set"), "{}", page.text());
    assert!(page.body.contains("Assigned by automation Appointment set"), "the chip says why");

    let eve = crew.app.sign_in(crew.eve).await;
    let page = eve.get(&thread).await;
    assert_eq!(page.texts(".message-sender"), ["by Appointment set"]);
    assert!(page.attributes(".message-sender a", "href").is_empty(), "she may not read the log");
    let told = eve.get("/notifications").await;
    assert_eq!(told.attributes("li[data-notification-id]", "data-kind"), ["assigned"]);
    assert!(told.text().contains("Appointment set assigned you Jim Client"), "{}", told.text());
    assert!(told.text().contains("Assigned by automation Appointment set"), "{}", told.text());
}

async fn when_the_client_replies_both_are_told_and_nobody_else(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert!(crew.told().is_empty());
    crew.app.text_in(JIM, "Great").await;
    assert_eq!(crew.told(), [crew.eve, crew.michael]);
}

async fn with_the_position_empty_only_michael_is_assigned(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    let position = crew.sales_person();
    crew.app.write(|tx| Ok(crewline::store::client_positions::leave(tx, crew.jim, position)?));
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert_eq!(crew.assigned(), [crew.michael]);
    assert_eq!(crew.log(), ["started", "queued", "accepted", "not_assigned position_empty", "assigned"]);
    assert!(crew.texts()[0].contains("Hi Jim, somebody is on the way."), "{:?}", crew.texts());
    crew.app.text_in(JIM, "Great").await;
    assert_eq!(crew.told(), [crew.michael]);
}

async fn nobody_is_assigned_before_the_gateway_has_taken_the_text(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    assert_eq!(crew.runs(), ["waiting"]);
    assert!(crew.assigned().is_empty());
    let carrier = Carrier::answering([unknown()]);
    crew.drain_through(&carrier).await;
    assert!(crew.texts()[0].starts_with("unknown: "), "{:?}", crew.texts());
    assert!(crew.assigned().is_empty());
    assert_eq!(crew.log(), ["started", "queued"]);
}

async fn a_text_that_is_found_at_the_gateway_later_assigns_then(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    let carrier = Carrier::answering([unknown()]);
    crew.drain_through(&carrier).await;
    assert!(crew.assigned().is_empty());
    carrier.finds();
    crew.app.advance(Duration::minutes(1));
    crew.drain_through(&carrier).await;
    assert!(crew.texts()[0].starts_with("sent: "), "{:?}", crew.texts());
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
}

async fn a_text_whose_fate_stays_unknown_assigns_nobody(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    let carrier = Carrier::answering([unknown()]);
    for _ in 0..10 {
        crew.drain_through(&carrier).await;
        crew.app.advance(Duration::minutes(10));
    }
    assert!(crew.assigned().is_empty());
    assert_eq!(crew.texts().len(), 1, "it was not sent again");
    assert_eq!(crew.log(), ["started", "queued", "failed not_accepted"]);
}
