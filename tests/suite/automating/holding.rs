use chrono::Duration;
use crewline::domain::{AutomationId, Definition, Trigger, WaitUnit};
use crewline::services::automations::{end_by_hand, resume, take_step};
use crewline::store::automations::{self, archive};

use super::{Crew, JIM, after, named, step};
use crate::support::app::{Backend, for_both};

for_both!(
    a_reply_stops_what_is_still_to_come,
    a_reply_does_not_stop_an_automation_that_goes_on_after_replies,
    a_reply_before_the_first_text_stops_it_too,
    an_order_to_the_carrier_is_no_reply,
    an_automation_that_is_off_holds_its_runs_and_goes_on_when_it_is_on,
    a_run_that_was_ended_by_hand_sends_nothing_more_not_even_what_it_has_queued,
    an_automation_that_was_deleted_sends_nothing_more,
);

impl Crew {
    /// A text at once and another one an hour later.
    fn reminding(&self) -> Definition {
        let trigger = Trigger::LeadStatus { to: self.status("Appointment Set"), from: None };
        named("Reminding", trigger, vec![step("One"), after(1, WaitUnit::Hours, "Two")])
    }

    fn switch(&self, id: AutomationId, on: bool) {
        let now = self.app.now();
        self.app.write(|tx| {
            automations::set_active(tx, id, on, now)?;
            if on {
                resume(tx, id, now)?;
            }
            Ok(())
        });
    }
}

async fn a_reply_stops_what_is_still_to_come(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.reminding());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    assert_eq!(crew.runs(), ["waiting"]);
    crew.app.text_in(JIM, "Fine").await;
    assert_eq!(crew.runs(), ["stopped"]);
    crew.after(Duration::hours(2)).await;
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.log(), ["started", "queued", "accepted", "stopped client_replied"]);
}

async fn a_reply_does_not_stop_an_automation_that_goes_on_after_replies(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&Definition { stop_on_reply: false, ..crew.reminding() });
    crew.appointment_is_set().await;
    crew.app.drain().await;
    crew.app.text_in(JIM, "Fine").await;
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts()[1], "delivered: Two");
}

async fn a_reply_before_the_first_text_stops_it_too(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let steps = vec![after(1, WaitUnit::Hours, "Later")];
    crew.automation(&Definition { steps, ..crew.reminding() });
    crew.appointment_is_set().await;
    crew.app.drain().await;
    crew.app.text_in(JIM, "Fine").await;
    crew.after(Duration::hours(1)).await;
    assert!(crew.texts().is_empty(), "{:?}", crew.texts());
    assert_eq!(crew.runs(), ["stopped"]);
}

async fn an_order_to_the_carrier_is_no_reply(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.reminding());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    crew.app.text_in(JIM, "HELP").await;
    assert_eq!(crew.runs(), ["waiting"]);
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts()[1], "delivered: Two");
}

async fn an_automation_that_is_off_holds_its_runs_and_goes_on_when_it_is_on(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let id = crew.automation(&crew.reminding());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    crew.switch(id, false);
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.runs(), ["waiting"]);
    crew.switch(id, true);
    crew.after(Duration::seconds(1)).await;
    assert_eq!(crew.texts()[1], "delivered: Two");
    assert_eq!(crew.runs(), ["done"]);
}

async fn a_run_that_was_ended_by_hand_sends_nothing_more_not_even_what_it_has_queued(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.reminding());
    crew.appointment_is_set().await;
    let (run, owner, now) = (crew.app.number_in("automation_runs", "id"), crew.app.owner(), crew.app.now());
    crew.app.write(|tx| take_step(tx, run, now));
    assert_eq!(crew.texts().len(), 1);
    assert!(crew.app.write(|tx| end_by_hand(tx, run, owner, now)));
    assert!(!crew.app.write(|tx| end_by_hand(tx, run, owner, now)), "it is over already");
    crew.after(Duration::hours(2)).await;
    assert_eq!(crew.texts().len(), 1);
    assert!(crew.texts()[0].starts_with("blocked: "), "{:?}", crew.texts());
    assert_eq!(crew.log(), ["started", "queued", "stopped ended_by_hand", "skipped ended_by_hand"]);
}

async fn an_automation_that_was_deleted_sends_nothing_more(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    let id = crew.automation(&crew.reminding());
    crew.appointment_is_set().await;
    crew.app.drain().await;
    let now = crew.app.now();
    crew.app.write(|tx| Ok(archive(tx, id, now)?));
    crew.after(Duration::hours(1)).await;
    assert_eq!(crew.texts().len(), 1);
    assert_eq!(crew.log().last().map(String::as_str), Some("stopped automation_deleted"));
}
