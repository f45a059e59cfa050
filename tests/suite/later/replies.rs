use chrono::Duration;

use super::{address, in_state, newest, of, on_tuesday, schedule, schedule_unless_they_reply, sent, waiting};
use crate::support::app::{Backend, for_both};

for_both!(a_reply_cancels_what_was_to_be_sent_only_without_one, a_reply_after_its_time_or_elsewhere_cancels_nothing);

async fn a_reply_cancels_what_was_to_be_sent_only_without_one(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule(&owner, id, "2026-11-25T09:00").await;
    schedule_unless_they_reply(&owner, id, "2026-11-25T09:00").await;
    let shown = waiting(&owner.get(&address(id)).await);
    assert_eq!((shown.len(), shown[1].contains("Not sent if they reply before")), (2, true), "{shown:?}");
    let cancelled = newest(&app);

    app.text_in("+13035550101", "Never mind, all clear").await;
    let thread = owner.get(&address(id)).await;
    assert_eq!(waiting(&thread).len(), 1);
    assert!(thread.text().contains("Olivia Owner had scheduled a text, cancelled because they replied"));
    app.advance(Duration::hours(22));
    app.drain().await;
    assert_eq!((sent(&app), in_state(&app, "sent"), in_state(&app, "cancelled")), (1, 1, 1));
    assert!(owner.get(&address(id)).await.texts("article[data-direction=out]")[0].contains("See you soon"));
    assert_eq!(owner.post(&of(id, cancelled, "sending")).await.status, 303);
    assert_eq!(sent(&app), 1, "a page that was open before sends nothing");
}

async fn a_reply_after_its_time_or_elsewhere_cancels_nothing(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule_unless_they_reply(&owner, id, "2026-11-24T12:00").await;
    app.text_in("+13035550102", "Hi").await;
    assert_eq!(in_state(&app, "waiting"), 1, "somebody else wrote");
    app.advance(Duration::hours(1));
    app.drain().await;
    app.text_in("+13035550101", "Thanks").await;
    assert_eq!((sent(&app), in_state(&app, "sent")), (1, 1));
}
