use chrono::Duration;
use crewline::domain::AutomationEvent::{Accepted, Queued, Started};
use crewline::domain::{BuiltInRole, RunState, Trigger, WaitUnit};
use crewline::services::{self, By, Error};
use crewline::store::{automations, users};

use super::{KAREN, at_noon, definition, log, owner, runs, set_up, texts, time_passes, turned_on, wait};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    turning_on_and_off_is_written_down_and_once_only,
    to_who_may_not_manage_automations_there_are_none,
    what_waits_is_held_while_it_is_off_and_goes_on_afterwards,
    hundreds_that_were_held_go_on_in_small_steps,
);

fn unanswered() -> crewline::domain::Definition {
    definition("Sorry for the wait", Trigger::Unanswered { wait: wait(1, WaitUnit::Hours) })
}

fn turn(app: &TestApp, by: &By, id: i64, on: bool) -> services::Done<()> {
    let now = app.now();
    app.db().write(|tx| {
        if on {
            services::automations::turn_on(tx, by, id, now)
        } else {
            services::automations::turn_off(tx, by, id, now)
        }
    })
}

async fn turning_on_and_off_is_written_down_and_once_only(backend: Backend) {
    let app = at_noon(backend).await;
    let (id, by) = (set_up(&app, &unanswered()), owner(&app));
    let is_on = || app.read(|c| automations::find(c, id)).expect("it is there").active;
    assert!(!is_on());
    for (on, times) in [(true, 2), (false, 2), (true, 1)] {
        for _ in 0..times {
            turn(&app, &by, id, on).expect("the Owner may");
            assert_eq!(is_on(), on);
        }
    }
    let audited = |action: &str| {
        app.count(&format!("audit_log where action = 'automation.{action}' and subject = 'automation {id}'"))
    };
    assert_eq!((audited("turned_on"), audited("turned_off")), (2, 1));
}

async fn to_who_may_not_manage_automations_there_are_none(backend: Backend) {
    let app = at_noon(backend).await;
    let id = set_up(&app, &unanswered());
    let sales = app.user("Eve", BuiltInRole::SalesPerson);
    let by = By { user: app.read(|c| users::find(c, sales)).expect("she is here"), address: String::new() };
    for on in [true, false] {
        assert!(matches!(turn(&app, &by, id, on), Err(Error::NotFound)));
    }
    assert!(matches!(turn(&app, &owner(&app), id + 1, true), Err(Error::NotFound)));
    let now = app.now();
    app.write(|tx| Ok(automations::archive(tx, id, now)?));
    assert!(matches!(turn(&app, &owner(&app), id, true), Err(Error::NotFound)), "it was deleted");
}

async fn what_waits_is_held_while_it_is_off_and_goes_on_afterwards(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-11-26T02:30:00").start().await;
    let (id, by) = (turned_on(&app, &unanswered()), owner(&app));
    app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::hours(1));
    time_passes(&app).await;
    assert_eq!(runs(&app, RunState::Waiting), 1, "it is 8:30 in the evening");
    turn(&app, &by, id, false).expect("the Owner may");
    app.advance(Duration::hours(14));
    time_passes(&app).await;
    assert_eq!((texts(&app), runs(&app, RunState::Waiting)), (0, 1), "held");
    app.text_in("+13035550102", "And mine?").await;
    app.advance(Duration::hours(2));
    time_passes(&app).await;
    turn(&app, &by, id, true).expect("the Owner may");
    time_passes(&app).await;
    assert_eq!((texts(&app), runs(&app, RunState::Done)), (1, 1), "{:?}", log(&app, id));
    assert_eq!(app.count("automation_runs"), 1, "what came to be while it was off begins nothing");
    assert_eq!(log(&app, id)[2..], [(Queued, None), (Accepted, None)]);
    assert_eq!(log(&app, id)[0], (Started, None));
}

async fn hundreds_that_were_held_go_on_in_small_steps(backend: Backend) {
    let app = at_noon(backend).await;
    let (id, by) = (turned_on(&app, &unanswered()), owner(&app));
    let (number, now) = (app.number_in("numbers", "min(id)"), app.now());
    app.write(|tx| {
        for index in 0..401 {
            let phone = format!("+1303556{index:04}");
            let conversation = crewline::store::conversations::insert(tx, number, &phone, &[], now)?;
            crewline::store::waiting::client_wrote(tx, conversation, now)?;
        }
        Ok(())
    });
    app.advance(Duration::hours(1));
    app.worker.begin_runs().await.expect("it can be swept");
    turn(&app, &by, id, false).expect("the Owner may");
    app.drain().await;
    assert_eq!((runs(&app, RunState::Waiting), app.count("jobs")), (401, 0), "held, and nothing polls");
    turn(&app, &by, id, true).expect("the Owner may");
    app.drain().await;
    assert_eq!(app.count("jobs where kind = 'automation_step'"), 400, "one has left, the others stand in the row");
    assert_eq!(texts(&app), 1);
}
