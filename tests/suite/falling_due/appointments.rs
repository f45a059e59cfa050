use chrono::{Duration, NaiveDateTime};
use crewline::domain::AutomationEvent::{Accepted, Queued, Skipped, Started};
use crewline::domain::{ClientId, Definition, PhoneKind, RunState, Trigger, WaitUnit, WhyNot};
use crewline::services::{self, ClientDetails};
use crewline::store::client_phones::ClientPhone;
use crewline::store::clients::{self, Fields};

use super::{KAREN, at, at_noon, definition, log, owner, runs, set_appointment, texts, time_passes, turned_on, wait};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_reminder_leaves_a_day_before_at_the_hour_of_the_appointment,
    a_day_before_is_a_day_of_the_clients_clock_also_when_clocks_change,
    hours_before_and_days_after_are_kept,
    one_that_is_entered_after_its_moment_is_too_late_and_says_so,
    one_that_is_entered_just_before_its_moment_is_not_missed,
    a_moved_appointment_is_reminded_of_at_its_new_time_only,
    an_appointment_that_was_taken_off_is_not_reminded_of,
    nobody_is_reminded_of_what_has_begun_while_the_program_was_off,
    a_record_that_comes_with_an_appointment_is_like_one_that_gets_it,
);

fn reminder(count: i64, unit: WaitUnit) -> Definition {
    definition("Reminder", Trigger::Appointment { wait: wait(count, unit), before: true })
}

fn moved_to(app: &TestApp, time: NaiveDateTime) {
    app.advance(time - app.now());
}

/// Time passes in steps of an hour until then, as if the program ran all along.
async fn hours_pass(app: &TestApp, until: &str) {
    let until = at(until);
    while app.now() < until {
        app.advance(Duration::hours(1).min(until - app.now()));
        time_passes(app).await;
    }
}

async fn a_reminder_leaves_a_day_before_at_the_hour_of_the_appointment(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    let karen = app.client("Karen", KAREN, &[]);
    set_appointment(&app, karen, Some(at("2026-11-28T17:00:00")));
    hours_pass(&app, "2026-11-27T13:59:59").await;
    assert_eq!(app.count("automation_runs"), 0, "nothing is begun days ahead");
    hours_pass(&app, "2026-11-27T16:59:59").await;
    assert_eq!((runs(&app, RunState::Waiting), texts(&app)), (1, 0));
    hours_pass(&app, "2026-11-27T17:00:00").await;
    assert_eq!((runs(&app, RunState::Done), texts(&app)), (1, 1));
    hours_pass(&app, "2026-11-29T17:00:00").await;
    assert_eq!((app.count("automation_runs"), texts(&app)), (1, 1), "once");
    assert_eq!(log(&app, automation), [(Started, None), (Queued, None), (Accepted, None)]);
}

async fn a_day_before_is_a_day_of_the_clients_clock_also_when_clocks_change(backend: Backend) {
    let app = TestApp::planned(backend).at("2027-03-26T12:00:00").start().await;
    turned_on(&app, &reminder(1, WaitUnit::Days));
    let karl = app.client("Karl", KAREN, &[]);
    app.write(|tx| {
        let fields = clients::find(tx, karl)?.expect("he is there").fields;
        Ok(clients::update(tx, karl, &Fields { time_zone: Some("Europe/Berlin".to_owned()), ..fields })?)
    });
    // Ten o'clock on the Sunday whose night is an hour short
    set_appointment(&app, karl, Some(at("2027-03-28T08:00:00")));
    hours_pass(&app, "2027-03-27T08:59:59").await;
    assert_eq!(texts(&app), 0, "a day before is 23 hours before");
    hours_pass(&app, "2027-03-27T09:00:00").await;
    assert_eq!(texts(&app), 1);
}

async fn hours_before_and_days_after_are_kept(backend: Backend) {
    let app = at_noon(backend).await;
    turned_on(&app, &reminder(2, WaitUnit::Hours));
    let after = Trigger::Appointment { wait: wait(1, WaitUnit::Days), before: false };
    turned_on(&app, &definition("How was it?", after));
    let karen = app.client("Karen", KAREN, &[]);
    set_appointment(&app, karen, Some(at("2026-11-26T21:00:00")));
    hours_pass(&app, "2026-11-26T18:59:59").await;
    assert_eq!(texts(&app), 0);
    hours_pass(&app, "2026-11-26T19:00:00").await;
    assert_eq!(texts(&app), 1);
    hours_pass(&app, "2026-11-27T20:59:59").await;
    assert_eq!(texts(&app), 1);
    hours_pass(&app, "2026-11-27T21:00:00").await;
    assert_eq!(texts(&app), 2);
}

async fn one_that_is_entered_after_its_moment_is_too_late_and_says_so(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    let karen = app.client("Karen", KAREN, &[]);
    let tomorrow_at_nine = at("2026-11-26T16:00:00");
    set_appointment(&app, karen, Some(tomorrow_at_nine));
    assert_eq!(log(&app, automation), [(Skipped, Some(WhyNot::TooLate))], "it is known at once");
    hours_pass(&app, "2026-11-27T16:00:00").await;
    assert_eq!((texts(&app), runs(&app, RunState::Skipped)), (0, 1));
}

async fn one_that_is_entered_just_before_its_moment_is_not_missed(backend: Backend) {
    let app = at_noon(backend).await;
    turned_on(&app, &reminder(1, WaitUnit::Days));
    app.advance(Duration::minutes(10));
    time_passes(&app).await;
    let karen = app.client("Karen", KAREN, &[]);
    let soon = app.now() + Duration::days(1) + Duration::minutes(30);
    set_appointment(&app, karen, Some(soon));
    assert_eq!(runs(&app, RunState::Waiting), 1, "the sweep has looked there already");
    app.advance(Duration::minutes(29));
    time_passes(&app).await;
    assert_eq!(texts(&app), 0);
    app.advance(Duration::minutes(1));
    time_passes(&app).await;
    assert_eq!((texts(&app), app.count("automation_runs")), (1, 1));
}

async fn a_moved_appointment_is_reminded_of_at_its_new_time_only(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    let karen = app.client("Karen", KAREN, &[]);
    set_appointment(&app, karen, Some(at("2026-11-28T17:00:00")));
    hours_pass(&app, "2026-11-27T16:00:00").await;
    assert_eq!(runs(&app, RunState::Waiting), 1);
    set_appointment(&app, karen, Some(at("2026-12-02T17:00:00")));
    hours_pass(&app, "2026-11-27T17:00:00").await;
    assert_eq!(log(&app, automation), [(Started, None), (Skipped, Some(WhyNot::AppointmentChanged))]);
    hours_pass(&app, "2026-12-01T16:59:59").await;
    assert_eq!(texts(&app), 0);
    hours_pass(&app, "2026-12-01T17:00:00").await;
    assert_eq!(texts(&app), 1);
}

async fn an_appointment_that_was_taken_off_is_not_reminded_of(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    let karen = app.client("Karen", KAREN, &[]);
    set_appointment(&app, karen, Some(at("2026-11-28T17:00:00")));
    hours_pass(&app, "2026-11-27T16:00:00").await;
    set_appointment(&app, karen, None);
    hours_pass(&app, "2026-11-28T17:00:00").await;
    assert_eq!(texts(&app), 0);
    assert_eq!(log(&app, automation), [(Started, None), (Skipped, Some(WhyNot::AppointmentChanged))]);
}

async fn nobody_is_reminded_of_what_has_begun_while_the_program_was_off(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    let (karen, karl) = (app.client("Karen", KAREN, &[]), app.client("Karl", "+13035550102", &[]));
    set_appointment(&app, karen, Some(at("2026-11-28T17:00:00")));
    set_appointment(&app, karl, Some(at("2026-11-28T23:00:00")));
    // Nothing ran from Wednesday on
    moved_to(&app, at("2026-11-28T18:00:00"));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "Karl has his still before him");
    assert_eq!(log(&app, automation)[0], (Skipped, Some(WhyNot::TooLate)));
}

async fn a_record_that_comes_with_an_appointment_is_like_one_that_gets_it(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &reminder(1, WaitUnit::Days));
    entered(&app, "Karen", KAREN, at("2026-11-26T16:00:00"));
    entered(&app, "Karl", "+13035550102", at("2026-11-28T17:00:00"));
    assert_eq!(log(&app, automation), [(Skipped, Some(WhyNot::TooLate))]);
    hours_pass(&app, "2026-11-28T17:00:00").await;
    assert_eq!(texts(&app), 1);
}

/// The Owner enters a record.
fn entered(app: &TestApp, first_name: &str, phone: &str, appointment_at: NaiveDateTime) -> ClientId {
    let (by, now) = (owner(app), app.now());
    let fields = Fields {
        first_name: first_name.to_owned(),
        lead_status_id: app.number_in("lead_statuses", "min(id)"),
        appointment_at: Some(appointment_at),
        ..Fields::default()
    };
    let phones = vec![ClientPhone { kind: PhoneKind::Mobile, phone: phone.to_owned(), texting: true }];
    let details = ClientDetails { fields, phones, ..ClientDetails::default() };
    app.write(|tx| services::create_client(tx, &by, &details, now))
}
