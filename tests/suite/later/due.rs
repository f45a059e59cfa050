//! When its time comes, everything is looked at once more.

use chrono::Duration;
use crewline::domain::{BuiltInRole, ConsentSource, Permissions, Plan, SmsAccess};
use crewline::store::opt_outs;

use super::{address, in_state, newest, of, on_tuesday, schedule, sent, waiting};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    what_may_not_be_sent_any_more_is_skipped_with_its_reason_and_the_author_is_told,
    what_a_deactivated_person_scheduled_is_skipped_at_once,
    two_who_come_to_it_at_once_send_it_once,
    what_was_skipped_stays_until_somebody_dismisses_it,
);

async fn what_may_not_be_sent_any_more_is_skipped_with_its_reason_and_the_author_is_told(backend: Backend) {
    let stop = |app: &TestApp| {
        let now = app.now();
        app.write(|tx| Ok(opt_outs::insert(tx, "+13035550101", ConsentSource::Text, None, now)?))
    };
    type Happens<'a> = &'a dyn Fn(&TestApp, i64);
    let reasons: [(&str, Happens<'_>, &str); 4] = [
        (
            "opted out",
            &|app, _| {
                stop(app);
            },
            "They opted out before its time.",
        ),
        ("blocked", &|app, _| super::put(app, "update conversations set blocked = true"), "The phone was blocked"),
        (
            "may not send",
            &|app, author| {
                let may = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
                app.set_permissions(author, may);
            },
            "Bea Boss could not send here any more",
        ),
        ("late", &|app, _| app.advance(Duration::hours(5)), "not sent hours late"),
    ];
    for (name, happens, why) in reasons {
        let app = on_tuesday(backend).start().await;
        let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
        let id = app.text_in("+13035550101", "Hi").await;
        let (owner, author) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
        assert_eq!(schedule(&author, id, "2026-11-25T09:00").await.status, 303);
        assert_eq!(app.count("conversations where attention"), 0);
        happens(&app, boss);
        app.advance(Duration::hours(22));
        app.drain().await;
        assert_eq!((sent(&app), in_state(&app, "skipped"), app.count("assignments")), (0, 1, 0), "{name}");
        let shown = waiting(&owner.get(&address(id)).await);
        assert!(shown[0].contains("This text was not sent") && shown[0].contains(why), "{name}: {shown:?}");
        assert_eq!(app.count("conversations where attention"), 1, "{name}");
        let bell = author.get("/notifications").await;
        assert_eq!(bell.texts("li[data-kind=skipped]").len(), 1, "{name}");
        assert_eq!(owner.get("/notifications").await.texts("li[data-kind=skipped]").len(), 0, "{name}: only they");
    }
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule(&owner, id, "2026-11-25T09:00").await;
    app.set_plan(Plan::Starter);
    app.advance(Duration::hours(22));
    app.drain().await;
    app.set_plan(Plan::Growth);
    assert!(waiting(&owner.get(&address(id)).await)[0].contains("SMS was not in the company's plan"));
}

async fn what_a_deactivated_person_scheduled_is_skipped_at_once(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, author) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
    schedule(&author, id, "2026-11-25T09:00").await;
    schedule(&owner, id, "2026-11-25T10:00").await;
    app.set_active(boss, false);
    assert_eq!((in_state(&app, "skipped"), in_state(&app, "waiting")), (1, 1), "the others wait on");
    let shown = waiting(&owner.get(&address(id)).await);
    assert!(shown[0].contains("Bea Boss was deactivated before its time."), "{shown:?}");
    app.set_active(boss, true);
    app.advance(Duration::days(1));
    app.drain().await;
    assert_eq!(sent(&app), 1, "it does not come back with them");
}

async fn two_who_come_to_it_at_once_send_it_once(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    for _ in 0..5 {
        schedule(&owner, id, "2026-11-24T12:00").await;
    }
    app.advance(Duration::hours(1));
    let (one, other) = (app.worker.clone(), app.worker.clone());
    let (first, second) = tokio::join!(one.drain(), other.drain());
    assert!(first.is_ok() && second.is_ok());
    app.drain().await;
    assert_eq!((sent(&app), in_state(&app, "sent"), app.count("jobs")), (5, 5, 0));
    assert_eq!(app.count("assignments"), 1);
}

async fn what_was_skipped_stays_until_somebody_dismisses_it(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    schedule(&owner, id, "2026-11-24T12:00").await;
    let scheduled = newest(&app);
    app.advance(Duration::hours(6));
    app.drain().await;
    assert_eq!(in_state(&app, "skipped"), 1);
    assert_eq!(owner.post(&of(id, scheduled, "sending")).await.status, 303);
    assert_eq!(sent(&app), 0, "only what waits is sent");
    let page = owner.get(&address(id)).await;
    assert_eq!(page.texts("article[data-scheduled-id] button"), ["Edit", "Dismiss"]);
    assert_eq!(owner.post(&of(id, scheduled, "cancellation")).await.status, 303);
    assert!(waiting(&owner.get(&address(id)).await).is_empty());
}
