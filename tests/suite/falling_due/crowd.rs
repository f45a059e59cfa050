use chrono::Duration;
use crewline::domain::{PhoneKind, RunState, Trigger, WaitUnit};
use crewline::store::client_phones::{self, ClientPhone};
use crewline::store::clients::{self, Fields};

use super::{at, at_noon, definition, runs, texts, turned_on, wait};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(a_crowd_that_falls_due_in_one_minute_leaves_one_by_one_and_everybody_once);

/// `CREWLINE_SOAK=1`: as many as the issue names; else enough to see a row.
fn size_of_this_run() -> i64 {
    if std::env::var_os("CREWLINE_SOAK").is_some() { 10_000 } else { 300 }
}

async fn a_crowd_that_falls_due_in_one_minute_leaves_one_by_one_and_everybody_once(backend: Backend) {
    let app = at_noon(backend).await;
    let size = size_of_this_run();
    // One a second takes ten thousand nearly three hours; nobody is reminded of what has begun
    let trigger = Trigger::Appointment { wait: wait(4, WaitUnit::Hours), before: true };
    turned_on(&app, &definition("Reminder", trigger));
    clients_with_an_appointment(&app, size);
    let due = at("2026-11-25T20:00:00");
    app.advance(due - Duration::minutes(10) - app.now());
    // Two processes look at once
    let (one, other) = (app.worker.clone(), app.worker.clone());
    let (one, other) = tokio::join!(one.begin_runs(), other.begin_runs());
    one.and(other).expect("both come through");
    app.drain().await;
    assert_eq!((runs(&app, RunState::Waiting), texts(&app)), (size, 0), "nobody is texted before their time");
    app.advance(Duration::minutes(10));
    let mut seconds = 0;
    while app.count("jobs") > 0 {
        app.drain().await;
        app.advance(Duration::seconds(1));
        seconds += 1;
        assert!(seconds <= size + 90, "{} of {size} after {seconds} s", texts(&app));
    }
    assert_eq!((texts(&app), runs(&app, RunState::Done)), (size, size), "nobody was dropped, nobody doubled");
    let distinct = |what| {
        app.numbers(&format!(
            "select count(distinct {what}) as number from messages where automation_run_id is not null"
        ))[0]
    };
    assert_eq!(distinct("conversation_id"), size, "everybody got one");
    assert_eq!(distinct("created_at"), size, "never two in one second");
    assert_eq!(app.count("messages where status = 'waiting'"), 0, "the gateway has them all");
}

/// All of them within one minute, ten seconds apart at most.
fn clients_with_an_appointment(app: &TestApp, count: i64) {
    let (status, now) = (app.number_in("lead_statuses", "min(id)"), app.now());
    let first = at("2026-11-26T00:00:00");
    app.write(|tx| {
        for index in 0..count {
            let new = Fields {
                first_name: format!("Client {index}"),
                lead_status_id: status,
                appointment_at: Some(first + Duration::seconds(index % 60)),
                ..Fields::default()
            };
            let id = clients::insert(tx, &new, now)?;
            let phone =
                ClientPhone { kind: PhoneKind::Mobile, phone: format!("+1303{:07}", 2_000_000 + index), texting: true };
            client_phones::replace(tx, id, std::slice::from_ref(&phone))?;
        }
        Ok(())
    });
}
