use chrono::Duration;
use crewline::domain::{BuiltInRole, Permissions, SmsAccess};

use super::{tab, thread};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_blocked_phone_is_kept_and_tells_nobody_on_any_number_until_it_is_unblocked,
    a_blocked_conversation_waits_for_nobody_to_take_it,
    a_text_that_waits_while_its_phone_is_blocked_is_not_sent,
    who_may_not_answer_on_the_dashboard_may_not_block,
);

async fn a_blocked_phone_is_kept_and_tells_nobody_on_any_number_until_it_is_unblocked(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "Cheap pills").await;
    app.assign(id, sally);
    let second = app.text_in_to("+13035559999", "+13035550101", "Cheaper pills").await;
    app.assign(second, sally);
    let device = crate::support::push_service::FakeBrowser::new("https://fcm.googleapis.com", "sallys");
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    assert_eq!(sales.post_json("/push/subscriptions", &device.to_json()).await.status, 201);
    assert!(app.count("unreads") > 0 && app.count("notifications") > 0);

    owner.post(&format!("/conversations/{id}/closure")).await;
    for _ in 0..2 {
        let blocked = owner.post(&format!("/conversations/{id}/block")).await;
        assert_eq!((blocked.status, blocked.location), (303, Some(format!("/conversations/{id}"))));
        assert_eq!(app.count("conversations where blocked"), 2, "over all our numbers");
        assert_eq!(app.count("timeline where kind = 'blocked'"), 2, "blocking twice is blocking once");
        assert_eq!(app.count("audit_log where action = 'phone.blocked'"), 1);
        assert_eq!(app.count("unreads"), 0, "nothing of it is unread to anybody");
    }
    let told = app.count("notifications");
    let texts = app.count("messages");
    app.advance(Duration::minutes(1));
    app.text_in("+13035550101", "Please stop texting me").await;
    app.text_in_to("+13035559999", "+13035550101", "Buy").await;
    let third = app.text_in_to("+13035558888", "+13035550101", "Buy now").await;
    assert_eq!(app.count("messages"), texts + 3, "they are kept");
    assert_eq!((app.count("notifications"), app.count("unreads"), app.count("jobs")), (told, 0, 0));
    assert_eq!(app.count("conversations where attention"), 0);
    assert_eq!(app.count(&format!("conversations where closed and id = {id}")), 1, "it does not come back either");
    assert_eq!(app.count(&format!("conversations where blocked and id = {third}")), 1, "a new one begins blocked");

    let page = owner.get(&format!("/conversations/{id}")).await;
    assert!(page.text().contains("This phone is blocked.") && page.text().contains("Please stop texting me"));
    assert!(page.text().contains("Olivia Owner blocked this phone"));
    assert_eq!(page.attributes("textarea[disabled]", "aria-label"), ["Message"]);
    let why = page.texts("#composer-why").concat();
    assert!(why.starts_with("This phone is blocked since ") && why.ends_with("Unblock it to text."), "and why: {why}");
    assert!(
        owner
            .get("/conversations")
            .await
            .texts("li a")
            .iter()
            .all(|row| !row.contains("303") || row.contains("Blocked"))
    );
    assert_eq!(owner.post_form(&format!("/conversations/{second}/messages"), &[("body", "No")]).await.status, 403);
    let new_text = [("to", "+13035550101"), ("body", "No")];
    assert_eq!(owner.post_form("/conversations", &new_text).await.status, 403);

    let unblocked = owner.post(&format!("/conversations/{third}/block/removal")).await;
    assert_eq!((unblocked.status, app.count("conversations where blocked")), (303, 0));
    assert_eq!(app.count("timeline where kind = 'unblocked'"), 3);
    assert_eq!(app.count("audit_log where action = 'phone.unblocked'"), 1);
    app.text_in("+13035550101", "Hello again").await;
    assert_eq!(app.count("notifications"), told + 1, "Sally is told again");
    assert!(app.count("unreads") > 0);
    assert_eq!(app.count("conversations where closed"), 0);
    assert_eq!(owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "Yes?")]).await.status, 303);
}

async fn a_blocked_conversation_waits_for_nobody_to_take_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let [free, taken] = [app.text_in("+13035550101", "Cheap pills").await, app.text_in("+13035550102", "Buy").await];
    app.assign(taken, sally);
    let unassigned = async || {
        let links = owner.get("/conversations?filter=unassigned").await;
        links.attributes("[aria-label=Conversations] li a[href^='/conversations/']", "href")
    };
    assert_eq!(unassigned().await, [format!("/conversations/{free}")]);
    for id in [free, taken] {
        owner.post(&format!("/conversations/{id}/block")).await;
    }
    assert!(unassigned().await.is_empty());
    app.text_in_to("+13035559999", "+13035550101", "Cheaper pills").await;
    assert!(unassigned().await.is_empty(), "nor does one that begins blocked");
    assert_eq!(owner.post(&format!("/conversations/{taken}/assignments/{sally}/removal")).await.status, 303);
    assert!(app.count("assignments") == 0 && unassigned().await.is_empty(), "nor one that is left");
    owner.post(&format!("/conversations/{taken}/block/removal")).await;
    assert_eq!(unassigned().await, [format!("/conversations/{taken}")]);
    owner.post(&format!("/conversations/{free}/block/removal")).await;
    assert_eq!(unassigned().await.len(), 3);
}

async fn a_text_that_waits_while_its_phone_is_blocked_is_not_sent(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let place = format!("/conversations/{id}");
    assert_eq!(owner.post_form(&format!("{place}/messages"), &[("body", "We come on Monday")]).await.status, 303);
    assert_eq!(app.count("messages where status = 'waiting'"), 1);
    owner.post(&format!("{place}/block")).await;
    app.drain().await;
    let page = owner.get(&place).await;
    assert_eq!(page.attributes("article[data-direction=out]", "data-status"), ["blocked"]);
    let words = page.texts("article[data-direction=out] .message-failure");
    assert_eq!(words, ["This phone was blocked, so the text was not sent."]);
    assert_eq!(app.count("conversations where attention"), 0, "that is nothing to look into");

    owner.post(&format!("{place}/block/removal")).await;
    app.drain().await;
    assert_eq!(app.count("messages where status = 'blocked'"), 1, "unblocking sends nothing late");
}

async fn who_may_not_answer_on_the_dashboard_may_not_block(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reads = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let (rita, sally) = (app.user_with("Rita Reader", reads), app.user("Sally Sales", BuiltInRole::SalesPerson));
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let id = app.text_in("+13035550101", "Hi").await;
    let (reader, sales, field) = (app.sign_in(rita).await, app.sign_in(sally).await, app.sign_in(carl).await);
    assert_eq!(sales.get(&thread(maria, id)).await.status, 200);
    for path in [format!("/conversations/{id}/block"), format!("/conversations/{id}/block/removal")] {
        assert_eq!(reader.post(&path).await.status, 403, "reads only");
        assert_eq!(sales.post(&path).await.status, 403, "sees it from a record only");
        assert_eq!(field.post(&path).await.status, 404, "does not see it");
    }
    assert_eq!(app.count("conversations where blocked"), 0);
    let page = reader.get(&format!("/conversations/{id}")).await;
    assert!(!page.texts("button").contains(&"Block this phone".to_owned()));

    app.assign(id, sally);
    let page = sales.get(&format!("/conversations/{id}")).await;
    assert!(page.texts("button").contains(&"Block this phone".to_owned()));
    assert_eq!(sales.post(&format!("/conversations/{id}/block")).await.status, 303, "now it is theirs");
    let record = sales.get(&thread(maria, id)).await;
    assert!(record.text().contains("This phone is blocked.") && record.texts("button").contains(&"Unblock".to_owned()));
    assert!(sales.get(&tab(maria)).await.texts("li.row a")[0].contains("Blocked"));
    assert_eq!(sales.post_form(&tab(maria), &[("body", "Hi")]).await.status, 403);
    let page = reader.get(&format!("/conversations/{id}")).await;
    assert!(page.text().contains("This phone is blocked.") && !page.texts("button").contains(&"Unblock".to_owned()));
}
