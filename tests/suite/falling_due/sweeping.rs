use chrono::Duration;
use crewline::domain::{AutomationEvent, Definition, RunState, Trigger, WaitUnit, WhyNot};
use crewline::services::automations::to_sweep;
use crewline::store::automation_candidates::{self as candidates, Range};
use crewline::store::{DbConnection, Stored, conversations};

use super::{KAREN, at, at_noon, definition, log, runs, set_up, texts, time_passes, turned_on, wait};
use crate::store::plans::asked;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::rows;

for_both!(
    a_client_whom_nobody_answers_is_texted_once,
    a_client_who_does_not_reply_is_texted_once,
    who_wrote_in_time_is_not_texted,
    an_automations_own_text_answers_nobody_and_waits_for_nobody,
    after_a_stop_of_the_program_it_goes_on_where_it_was,
    what_happened_while_it_was_off_begins_nothing,
    hundreds_begin_in_small_steps,
    two_processes_sweep_at_once_and_nothing_is_doubled,
    another_wait_counts_from_when_it_was_saved,
);

fn unanswered(hours: i64) -> Definition {
    definition("Sorry for the wait", Trigger::Unanswered { wait: wait(hours, WaitUnit::Hours) })
}

fn no_reply(days: i64) -> Definition {
    definition("Still there?", Trigger::NoReply { wait: wait(days, WaitUnit::Days) })
}

async fn a_client_whom_nobody_answers_is_texted_once(backend: Backend) {
    let app = at_noon(backend).await;
    turned_on(&app, &unanswered(2));
    app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::minutes(119));
    time_passes(&app).await;
    assert_eq!((texts(&app), app.count("automation_runs")), (0, 0), "it is not time yet");
    app.advance(Duration::minutes(1));
    time_passes(&app).await;
    assert_eq!((texts(&app), runs(&app, RunState::Done)), (1, 1));
    for _ in 0..3 {
        app.advance(Duration::hours(3));
        time_passes(&app).await;
    }
    assert_eq!((texts(&app), app.count("automation_runs")), (1, 1), "once");
}

async fn a_client_who_does_not_reply_is_texted_once(backend: Backend) {
    let app = at_noon(backend).await;
    let automation = turned_on(&app, &no_reply(2));
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(KAREN, "Is the roof done?").await;
    let address = format!("/conversations/{id}/messages");
    let send = || owner.post_form(&address, &[("body", "Yes. When can we come?")]);
    assert_eq!(send().await.status, 303);
    app.advance(Duration::hours(47));
    time_passes(&app).await;
    assert_eq!(texts(&app), 0);
    app.advance(Duration::hours(1));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "{:?}", log(&app, automation));
    app.advance(Duration::hours(1));
    assert_eq!(send().await.status, 303);
    app.advance(Duration::days(2));
    time_passes(&app).await;
    assert_eq!(texts(&app), 2, "what a person wrote since is waited for anew");
}

async fn who_wrote_in_time_is_not_texted(backend: Backend) {
    let app = at_noon(backend).await;
    let (late, silent) = (turned_on(&app, &unanswered(2)), turned_on(&app, &no_reply(1)));
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::hours(1));
    owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "Yes")]).await;
    app.advance(Duration::hours(23));
    time_passes(&app).await;
    app.text_in(KAREN, "Great").await;
    app.advance(Duration::minutes(90));
    time_passes(&app).await;
    assert_eq!(texts(&app), 0, "{:?} {:?}", log(&app, late), log(&app, silent));
    app.advance(Duration::minutes(30));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "now nobody has answered for two hours");
}

async fn an_automations_own_text_answers_nobody_and_waits_for_nobody(backend: Backend) {
    let app = at_noon(backend).await;
    turned_on(&app, &unanswered(1));
    turned_on(&app, &no_reply(1));
    let id = app.text_in(KAREN, "Is the roof done?").await;
    let asked = app.now();
    app.advance(Duration::hours(1));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "the first of the two has texted");
    let waiting = app.read(|c| crewline::store::automation_facts::waiting(c, id)).expect("it is there");
    assert_eq!((waiting.client_waits_since, waiting.we_wait_since), (Some(asked), None));
    app.advance(Duration::days(3));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "nobody of ours wrote, so there is no reply to wait for");
}

async fn after_a_stop_of_the_program_it_goes_on_where_it_was(backend: Backend) {
    let app = at_noon(backend).await;
    turned_on(&app, &unanswered(2));
    time_passes(&app).await;
    app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::days(2));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1, "late, but not forgotten");
}

async fn what_happened_while_it_was_off_begins_nothing(backend: Backend) {
    let app = at_noon(backend).await;
    let definition = unanswered(2);
    set_up(&app, &definition);
    app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::minutes(121));
    turned_on(&app, &Definition { name: "Another one".to_owned(), ..definition });
    app.text_in("+13035550102", "And mine?").await;
    time_passes(&app).await;
    app.advance(Duration::hours(2));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1);
    let theirs = "messages join conversations on conversations.id = conversation_id where phone = '+13035550102'";
    assert_eq!(app.count(&format!("{theirs} and automation_run_id is not null")), 1);
}

async fn hundreds_begin_in_small_steps(backend: Backend) {
    let app = at_noon(backend).await;
    waiting_clients(&app, 450);
    let id = turned_on(&app, &unanswered(2));
    let now = app.now() + Duration::hours(2);
    let swept = |app: &TestApp| app.write(|tx| crewline::services::automations::sweep_some(tx, id, now));
    use crewline::services::automations::Swept::{More, Over};
    assert_eq!((swept(&app), app.count("automation_runs")), (More, 200));
    assert_eq!((swept(&app), app.count("automation_runs")), (More, 400));
    assert_eq!((swept(&app), app.count("automation_runs")), (Over, 450));
    assert_eq!((swept(&app), app.count("automation_runs")), (Over, 450));
    assert_eq!(app.count("jobs where kind = 'automation_step'"), 450);
}

async fn two_processes_sweep_at_once_and_nothing_is_doubled(backend: Backend) {
    let app = at_noon(backend).await;
    waiting_clients(&app, 450);
    turned_on(&app, &unanswered(2));
    app.advance(Duration::hours(2));
    let (one, other) = (app.worker.clone(), app.worker.clone());
    let (one, other) = tokio::join!(one.begin_runs(), other.begin_runs());
    one.and(other).expect("both come through");
    let each_once = "select count(distinct conversation_id) as number from automation_runs";
    assert_eq!((app.count("automation_runs"), app.numbers(each_once)), (450, vec![450]));
    assert_eq!(app.count("automation_log where event = 'started'"), 450);
}

async fn another_wait_counts_from_when_it_was_saved(backend: Backend) {
    let app = at_noon(backend).await;
    let id = turned_on(&app, &unanswered(8));
    app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::hours(3));
    let now = app.now();
    let sooner = unanswered(2);
    app.write(|tx| Ok(crewline::store::automations::update(tx, id, &sooner, now)?));
    app.text_in("+13035550102", "And mine?").await;
    time_passes(&app).await;
    assert_eq!(texts(&app), 0, "two hours were over before");
    app.advance(Duration::hours(2));
    time_passes(&app).await;
    assert_eq!(texts(&app), 1);
}

/// So many conversations in which the client waits since now.
fn waiting_clients(app: &TestApp, count: usize) {
    let (number, now) = (app.number_in("numbers", "min(id)"), app.now());
    app.write(|tx| {
        for index in 0..count {
            let id = conversations::insert(tx, number, &format!("+1303556{index:04}"), &[], now)?;
            crewline::store::waiting::client_wrote(tx, id, now)?;
        }
        Ok(())
    });
}

#[tokio::test]
async fn without_automations_a_sweep_is_one_query() {
    let app = at_noon(Backend::Sqlite).await;
    let now = app.now();
    assert_eq!(app.read(|c| asked(c, |c| to_sweep(c, now).map(drop))).len(), 1);
    set_up(&app, &unanswered(2));
    assert_eq!(app.read(|c| asked(c, |c| to_sweep(c, now).map(drop))).len(), 1, "that one is off");
    turned_on(&app, &Definition { name: "On".to_owned(), ..unanswered(2) });
    assert!(app.read(|c| to_sweep(c, now)).is_empty(), "nobody waits, and it was looked just now");
}

#[tokio::test]
async fn whoever_is_looked_for_is_found_by_an_index_range() {
    let app = at_noon(Backend::Sqlite).await;
    let range = Range { after: at("2026-11-24T00:00:00"), after_id: 7, until: app.now(), limit: 200 };
    type Find = fn(&mut DbConnection, &Range) -> Stored<Vec<candidates::Candidate>>;
    let finds: [Find; 3] = [candidates::appointments, candidates::waited_for, candidates::waiting];
    for (find, index) in finds.into_iter().zip([
        "clients_appointment_idx",
        "conversations_we_wait_idx",
        "conversations_client_waits_idx",
    ]) {
        let queries = app.read(|c| asked(c, |c| find(c, &range).map(drop)));
        assert_eq!(queries.len(), 1, "nobody is found, so nobody's record is read");
        let plan = app.read(|c| rows::plan(c, &queries[0]));
        assert_eq!(plan.len(), 1, "{plan:?}");
        assert!(plan[0].starts_with("SEARCH") && plan[0].contains(index), "{plan:?}");
    }
}

#[tokio::test]
async fn a_step_that_a_reply_made_pointless_is_skipped_and_says_why() {
    let app = TestApp::planned(Backend::Sqlite).at("2026-11-26T02:30:00").start().await;
    let automation = turned_on(&app, &unanswered(1));
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(KAREN, "Is the roof done?").await;
    app.advance(Duration::hours(1));
    time_passes(&app).await;
    assert_eq!((texts(&app), runs(&app, RunState::Waiting)), (0, 1), "it is 8:30 in the evening");
    owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "Yes")]).await;
    app.advance(Duration::hours(13));
    time_passes(&app).await;
    assert_eq!(texts(&app), 0);
    assert_eq!(
        log(&app, automation),
        [
            (AutomationEvent::Started, None),
            (AutomationEvent::Deferred, Some(WhyNot::QuietHours)),
            (AutomationEvent::Skipped, Some(WhyNot::NoLongerTrue)),
        ]
    );
}
