//! What one does with a text that waits: cancel, change, send now, behind either door.

use chrono::Duration;
use crewline::domain::BuiltInRole;

use super::{address, in_state, newest, of, on_tuesday, schedule, schedule_unless_they_reply, sent, waiting};
use crate::support::app::{Backend, for_both};
use crate::support::stream::Stream;

for_both!(
    what_is_cancelled_is_not_sent_and_cancelling_twice_is_no_error,
    editing_cancels_and_gives_words_and_time_back_into_the_composer,
    whoever_presses_send_now_sends_it_at_once_and_it_does_not_go_twice,
    the_same_works_inside_a_client_record,
    others_who_look_at_the_thread_are_told_to_look_again,
);

async fn what_is_cancelled_is_not_sent_and_cancelling_twice_is_no_error(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, boss) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
    schedule(&owner, id, "2026-11-25T09:00").await;
    let scheduled = newest(&app);
    for _ in 0..2 {
        let done = boss.post(&of(id, scheduled, "cancellation")).await;
        assert_eq!((done.status, done.location), (303, Some(address(id))), "a colleague may");
    }
    assert_eq!(app.count("jobs"), 0, "nothing is left to be done");
    app.advance(Duration::days(2));
    app.drain().await;
    assert_eq!((sent(&app), in_state(&app, "cancelled")), (0, 1));
    let thread = owner.get(&address(id)).await;
    assert!(waiting(&thread).is_empty());
    let line = "Bea Boss cancelled a text that Olivia Owner had scheduled";
    assert_eq!(thread.text().matches(line).count(), 1, "whoever wrote it sees where it went, once");
}

async fn editing_cancels_and_gives_words_and_time_back_into_the_composer(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let other = app.text_in("+13035550102", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule_unless_they_reply(&owner, id, "2026-11-25T09:15").await;
    let scheduled = newest(&app);
    let early = owner.get(&format!("{}?edit={scheduled}", address(id))).await;
    assert_eq!(early.texts("textarea"), [""], "it still waits");
    let done = owner.post_form(&of(id, scheduled, "cancellation"), &[("edit", "yes")]).await;
    assert_eq!((done.status, done.location), (303, Some(format!("{}?edit={scheduled}", address(id)))));
    assert_eq!(in_state(&app, "cancelled"), 1);
    let page = owner.get(&format!("{}?edit={scheduled}", address(id))).await;
    assert_eq!(page.texts("textarea"), ["Any questions?"]);
    assert_eq!(page.attributes("input[name=send_at]", "value"), ["2026-11-25T09:15"]);
    assert_eq!(page.attributes("input[name=cancel_if_reply][checked]", "value").len(), 1);
    assert_eq!(page.attributes("details[data-later][open]", "class").len(), 1);
    let elsewhere = owner.get(&format!("{}?edit={scheduled}", address(other))).await;
    assert_eq!(elsewhere.texts("textarea"), [""], "words of another conversation are not shown");
    app.advance(Duration::days(3));
    let page = owner.get(&format!("{}?edit={scheduled}", address(id))).await;
    assert_eq!(page.attributes("input[name=send_at]", "value"), [""], "a time that is past is not offered");
}

async fn whoever_presses_send_now_sends_it_at_once_and_it_does_not_go_twice(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule(&owner, id, "2026-11-25T09:00").await;
    let scheduled = newest(&app);
    let sender = app.sign_in(boss).await;
    for _ in 0..2 {
        assert_eq!(sender.post(&of(id, scheduled, "sending")).await.status, 303);
    }
    assert_eq!((sent(&app), in_state(&app, "sent")), (1, 1));
    assert_eq!(app.count(&format!("assignments where user_id = {boss}")), 1);
    assert_eq!(app.count("assignments"), 1, "and not who wrote it");
    app.advance(Duration::days(2));
    app.drain().await;
    assert_eq!(sent(&app), 1);
    assert_eq!(owner.post(&of(id, scheduled, "cancellation")).await.status, 303);
    assert_eq!(in_state(&app, "sent"), 1, "what was sent stays sent");
}

async fn the_same_works_inside_a_client_record(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let id = app.text_in("+13035550101", "Hi").await;
    let sales = app.sign_in(sally).await;
    let record = format!("/clients/{maria}/sms/{id}");
    let page = sales.get(&record).await;
    assert_eq!(page.texts("details[data-later] summary"), ["Not now: Send later"]);
    let from = ("from_client", maria.to_string());
    let from = (from.0, from.1.as_str());
    let place = format!("{}/scheduled", address(id));
    let refused = sales.post_form(&place, &[("body", "Hi"), ("send_at", "2020-01-01T09:00"), from]).await;
    assert_eq!((refused.status, refused.texts("textarea")), (422, vec!["Hi".to_owned()]));
    assert!(refused.text().contains("Maria Client"), "inside the record");
    let done = sales.post_form(&place, &[("body", "Hi"), ("send_at", "2026-11-25T09:00"), from]).await;
    assert_eq!((done.status, done.location), (303, Some(record.clone())));
    assert_eq!(waiting(&sales.get(&record).await).len(), 1);
    assert_eq!(sales.get(&address(id)).await.status, 404, "it is still not on the dashboard");
    let scheduled = newest(&app);
    let edited = sales.post_form(&of(id, scheduled, "cancellation"), &[("edit", "yes"), from]).await;
    assert_eq!(edited.location, Some(format!("{record}?edit={scheduled}")));
    assert_eq!(sales.get(&format!("{record}?edit={scheduled}")).await.texts("textarea"), ["Hi"]);

    sales.post_form(&place, &[("body", "Good morning"), ("send_at", "2026-11-25T09:00"), from]).await;
    app.advance(Duration::hours(22));
    app.drain().await;
    assert_eq!(sent(&app), 1);
    assert_eq!(sales.get(&address(id)).await.status, 200, "sent, so they are assigned");
}

async fn others_who_look_at_the_thread_are_told_to_look_again(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, boss) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
    let event = format!("event: conversation\ndata: {{\"id\":{id}}}");
    let mut stream = Stream::of(&boss).await;
    schedule(&owner, id, "2026-11-25T09:00").await;
    stream.until(&event).await;
    let mut stream = Stream::of(&boss).await;
    owner.post(&of(id, newest(&app), "cancellation")).await;
    stream.until(&event).await;
}
