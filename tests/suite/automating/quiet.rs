use chrono::Duration;
use crewline::domain::{Trigger, WaitUnit};

use super::carrier::{Carrier, down};
use super::{Crew, after, named, step};
use crate::support::app::{Backend, for_both};

for_both!(
    what_is_due_in_the_evening_leaves_in_the_morning,
    a_text_that_was_held_up_until_the_evening_leaves_in_the_morning_too,
    a_step_waits_days_by_the_clock_on_the_clients_wall,
    texts_of_one_number_leave_a_second_apart_and_each_once,
);

/// Nine in the evening in Denver.
const EVENING: &str = "2026-11-25T04:00:00";

async fn what_is_due_in_the_evening_leaves_in_the_morning(backend: Backend) {
    let crew = Crew::at(backend, EVENING).await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert_eq!(crew.log(), ["started", "deferred quiet_hours"]);
    let until = crew.lines("select detail as line from automation_log where event = 'deferred'");
    assert_eq!(until, ["Until Wed, Nov 25, 9:00 AM MST"]);
    crew.after(Duration::hours(12) - Duration::seconds(1)).await;
    assert!(crew.texts().is_empty(), "{:?}", crew.texts());
    assert!(crew.assigned().is_empty());
    crew.after(Duration::seconds(1)).await;
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
    assert_eq!(crew.log().iter().filter(|line| line.starts_with("deferred")).count(), 1);
}

async fn a_text_that_was_held_up_until_the_evening_leaves_in_the_morning_too(backend: Backend) {
    // Ten minutes before eight in the evening in Denver
    let crew = Crew::at(backend, "2026-11-25T02:50:00").await;
    crew.automation(&crew.appointment_set());
    crew.appointment_is_set().await;
    let carrier = Carrier::answering([down()]);
    crew.drain_through(&carrier).await;
    assert!(crew.texts()[0].starts_with("waiting: "), "{:?}", crew.texts());
    for _ in 0..13 {
        crew.app.advance(Duration::hours(1));
        crew.drain_through(&carrier).await;
        assert!(crew.texts()[0].starts_with("waiting: "), "at {}: {:?}", crew.app.now(), crew.texts());
    }
    crew.app.advance(Duration::minutes(10));
    crew.drain_through(&Carrier::answering([down()])).await;
    crew.app.advance(Duration::minutes(10));
    crew.drain_through(&carrier).await;
    assert!(crew.texts()[0].starts_with("sent: "), "{:?}", crew.texts());
    assert_eq!(crew.assigned(), [crew.eve, crew.michael]);
}

async fn a_step_waits_days_by_the_clock_on_the_clients_wall(backend: Backend) {
    // In the night of March 14 the clocks of Denver go forward
    let crew = Crew::at(backend, "2027-03-13T19:00:00").await;
    let steps = vec![step("Noon"), after(2, WaitUnit::Days, "Noon again")];
    crew.automation(&named("Noon", Trigger::LeadStatus { to: crew.status("Appointment Set"), from: None }, steps));
    crew.appointment_is_set().await;
    crew.app.drain().await;
    crew.after(Duration::hours(47) - Duration::seconds(1)).await;
    assert_eq!(crew.texts().len(), 1);
    crew.after(Duration::seconds(1)).await;
    assert_eq!(crew.texts()[1], "delivered: Noon again");
    assert_eq!(crew.runs(), ["done"]);
}

async fn texts_of_one_number_leave_a_second_apart_and_each_once(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    for minutes in 0..5 {
        let trigger = Trigger::LeadStatus { to: crew.status("Appointment Set"), from: None };
        crew.automation(&named("Paced", trigger, vec![step(&format!("Number {minutes}"))]));
    }
    crew.appointment_is_set().await;
    for sent in 1..=5 {
        crew.app.drain().await;
        assert_eq!(crew.texts().len(), sent);
        crew.app.advance(Duration::seconds(1));
    }
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts().len(), 5);
    assert_eq!(crew.app.count("automation_log where event = 'deferred' and reason = 'pacing'"), 4);
}
