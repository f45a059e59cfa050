use chrono::Duration;
use crewline::domain::BuiltInRole;
use crewline::services;
use crewline::store::scheduled_texts;

use super::{address, in_state, newest, of, on_tuesday, put, schedule, sent, waiting};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_text_waits_for_everybody_to_see_and_assigns_its_author_only_when_it_is_sent,
    the_time_is_on_the_clients_clock_and_ours_is_shown_beside_it,
    what_cannot_be_is_refused_and_what_was_typed_is_kept,
    a_morning_that_is_offered_is_one_press_and_counts_before_the_field,
    who_may_not_send_schedules_nothing_and_what_one_does_not_see_is_not_there,
    no_more_than_twenty_wait_in_a_conversation,
);

async fn a_text_waits_for_everybody_to_see_and_assigns_its_author_only_when_it_is_sent(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, boss) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
    let done = schedule(&owner, id, "2026-11-25T09:00").await;
    assert_eq!((done.status, done.location), (303, Some(address(id))));
    for reader in [&owner, &boss] {
        let shown = waiting(&reader.get(&address(id)).await);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("To be sent tomorrow 09:00 by Olivia Owner See you soon"), "{shown:?}");
    }
    assert_eq!((app.count("assignments"), sent(&app)), (0, 0), "nobody is responsible yet");

    app.text_in("+13035550101", "Still there?").await;
    assert_eq!(app.count("unreads"), 2);
    app.advance(Duration::hours(22) - Duration::seconds(1));
    assert_eq!((app.drain().await, sent(&app)), (0, 0), "not a second early");
    app.advance(Duration::seconds(1));
    app.drain().await;
    assert_eq!((sent(&app), in_state(&app, "sent")), (1, 1));
    let mine = format!("assignments where user_id = {} and reason = 'replied'", app.owner());
    assert_eq!(app.count(&mine), 1);
    assert_eq!(app.count("unreads"), 2, "nobody read it by that");
    let thread = boss.get(&address(id)).await;
    assert!(waiting(&thread).is_empty() && thread.texts("article[data-direction=out]")[0].contains("See you soon"));

    let (scheduled, now) = (newest(&app), app.now());
    app.write(|tx| services::come_due(tx, scheduled, now));
    app.drain().await;
    assert_eq!(sent(&app), 1, "a second run does nothing");
}

async fn the_time_is_on_the_clients_clock_and_ours_is_shown_beside_it(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    app.client("Maria", "+13035550101", &[]);
    put(&app, "update clients set time_zone = 'Europe/Berlin'");
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 303);
    let stored = app.read(|c| scheduled_texts::find(c, newest(&app))).expect("it waits");
    assert_eq!(stored.send_at.to_string(), "2026-11-25 08:00:00");
    let thread = owner.get(&address(id)).await;
    assert!(waiting(&thread)[0].contains("To be sent tomorrow 09:00 (01:00 here)"), "{:?}", waiting(&thread));
    let clock = thread.texts("#later-clock");
    assert_eq!(clock, ["It is 19:00 where Maria Client lives, 11:00 at your company."]);

    // The hour that clocks skip is the first moment after it
    assert_eq!(schedule(&owner, id, "2027-03-28T02:30").await.status, 303);
    let stored = app.read(|c| scheduled_texts::find(c, newest(&app))).expect("it waits");
    assert_eq!(stored.send_at.to_string(), "2027-03-28 01:00:00");
}

async fn what_cannot_be_is_refused_and_what_was_typed_is_kept(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let place = format!("{}/scheduled", address(id));
    for (body, at, why) in [
        ("Hello", "2026-11-24T11:00", "past already"),
        ("Hello", "2025-11-25T09:00", "past already"),
        ("Hello", "2027-11-26T11:00", "within a year"),
        ("Hello", "", "Choose the date and the time"),
        ("Hello", "tomorrow", "Choose the date and the time"),
        ("Hello", "2026-02-30T09:00", "Choose the date and the time"),
        (" ", "2026-11-25T09:00", ""),
    ] {
        let fields = [("body", body), ("send_at", at), ("cancel_if_reply", "yes")];
        let refused = owner.post_form(&place, &fields).await;
        assert_eq!(refused.status, 422, "{at}");
        assert!(refused.texts("[role=alert]").concat().contains(why), "{at}: {:?}", refused.texts("[role=alert]"));
        assert_eq!(refused.attributes("input[name=send_at]", "value"), [at]);
        assert_eq!(refused.attributes("details[data-later][open]", "class").len(), 1, "it stays open");
        assert_eq!(refused.attributes("input[name=cancel_if_reply][checked]", "value"), ["yes"]);
        assert_eq!(refused.texts("textarea"), [body.trim()]);
    }
    assert_eq!((app.count("scheduled_texts"), app.count("jobs")), (0, 0));
    assert_eq!(schedule(&owner, id, "2026-11-24T11:01").await.status, 303, "a minute is enough");
}

async fn a_morning_that_is_offered_is_one_press_and_counts_before_the_field(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-11-27T18:00:00").start().await; // a Friday
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(&address(id)).await;
    assert_eq!(page.texts("button[name=choice]"), ["Tomorrow 09:00", "Mon 09:00"]);
    assert_eq!(page.attributes("button[name=choice]", "value"), ["2026-11-28T09:00", "2026-11-30T09:00"]);
    let fields = [("body", "Hi"), ("send_at", "2026-12-24T09:00"), ("choice", "2026-11-30T09:00")];
    let place = page.attributes("button[name=choice]", "formaction")[1].clone();
    assert_eq!(owner.post_form(&place, &fields).await.status, 303);
    assert!(waiting(&owner.get(&address(id)).await)[0].contains("Mon 09:00"));
}

async fn who_may_not_send_schedules_nothing_and_what_one_does_not_see_is_not_there(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.client("Maria", "+13035550101", &[carl]);
    let id = app.text_in("+13035550101", "Hi").await;
    let other = app.text_in("+13035550102", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 303);
    let scheduled = newest(&app);
    let (field, sales, visitor) = (app.sign_in(carl).await, app.sign_in(sally).await, app.visitor());
    for (actor, status) in [(&field, 403), (&sales, 404), (&visitor, 401)] {
        assert_eq!(schedule(actor, id, "2026-11-25T10:00").await.status, status);
        assert_eq!(schedule(actor, id, "nonsense").await.status, status, "the form is not looked at");
        for verb in ["cancellation", "sending"] {
            assert_eq!(actor.post(&of(id, scheduled, verb)).await.status, status, "{verb}");
        }
    }
    for verb in ["cancellation", "sending"] {
        assert_eq!(owner.post(&of(other, scheduled, verb)).await.status, 404, "of another conversation");
        assert_eq!(owner.post(&of(id, 987_654, verb)).await.status, 404);
    }
    assert_eq!((in_state(&app, "waiting"), app.count("scheduled_texts")), (1, 1));
    app.text_in("+13035550101", "STOP").await;
    assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 403, "the phone opted out");
    assert_eq!(owner.post(&of(id, scheduled, "sending")).await.status, 403);
    assert!(waiting(&owner.get(&address(id)).await)[0].contains("Skipped at its time, unless"));
    assert_eq!(owner.post(&of(id, scheduled, "cancellation")).await.status, 303, "what waits can be cancelled");
    assert_eq!(in_state(&app, "cancelled"), 1);
}

async fn no_more_than_twenty_wait_in_a_conversation(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    for _ in 0..20 {
        assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 303);
    }
    let refused = schedule(&owner, id, "2026-11-25T09:00").await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]")[0].contains("20 texts wait"));
    assert_eq!(owner.post(&of(id, newest(&app), "cancellation")).await.status, 303);
    assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 303);
}
