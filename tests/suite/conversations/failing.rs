//! Texts that failed: what their sender is told, and trying again.

use crewline::domain::{BuiltInRole, ConversationId, DeliveryStatus, MessageId, Permissions, SmsAccess, UserId};
use crewline::gateway::Accepted;
use crewline::services::outgoing;

use super::{address, rows};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    the_sender_of_a_text_that_failed_is_told_once_in_the_app_and_no_device_rings,
    a_sender_who_no_longer_sees_the_conversation_is_not_told,
    a_failed_text_is_tried_again_once_for_each_attempt,
    what_cannot_help_or_may_not_be_is_not_tried_again,
    an_opt_out_that_a_report_tells_of_is_kept_unless_they_are_in_again,
    a_text_whose_fate_is_unknown_waits_for_a_person_and_is_never_tried_again,
);

const CLIENT: &str = "+13035550101";

/// Sends a text as this person and lets the gateway refuse it with this code.
async fn fail(app: &TestApp, sender: &Actor, id: ConversationId, code: &str) -> MessageId {
    let sent = sender.post_form(&format!("{}/messages", address(id)), &[("body", "The crew comes at 8")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let (text, now) = (app.number_in("messages", "max(id)"), app.now());
    app.write(|tx| outgoing::take_turn(tx, text, now));
    app.write(|tx| outgoing::refused(tx, text, Some(code), now));
    app.drain().await;
    text
}

fn retry(id: ConversationId, text: MessageId) -> String {
    format!("{}/messages/{text}/retry", address(id))
}

fn failed_notices(page: &Answered) -> Vec<String> {
    page.texts("li[data-kind=failed]")
}

fn told(app: &TestApp, user: UserId) -> i64 {
    app.count(&format!("notifications where kind = 'failed' and user_id = {user}"))
}

async fn the_sender_of_a_text_that_failed_is_told_once_in_the_app_and_no_device_rings(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in(CLIENT, "Hi").await;
    app.assign(id, sally);
    let device = crate::support::push_service::FakeBrowser::new("https://fcm.googleapis.com", "sallys");
    let (sales, owner) = (app.sign_in(sally).await, app.sign_in(app.owner()).await);
    assert_eq!(sales.post_json("/push/subscriptions", &device.to_json()).await.status, 201);
    let text = fail(&app, &sales, id, "30006").await;
    let now = app.now();
    app.write(|tx| outgoing::refused(tx, text, Some("30006"), now));
    assert_eq!((told(&app, sally), told(&app, app.owner()), app.count("jobs")), (1, 0, 0));

    let notices = failed_notices(&sales.get("/notifications").await);
    assert_eq!(notices.len(), 1);
    for words in ["did not arrive", "This is a landline", "Call instead.", "You sent it", "The crew comes at 8"] {
        assert!(notices[0].contains(words), "{words}: {notices:?}");
    }
    assert!(failed_notices(&owner.get("/notifications").await).is_empty());
    assert_eq!(rows(&owner.get("/conversations?filter=attention").await), [id]);
    sales.get(&address(id)).await;
    assert_eq!(app.count("notifications where kind = 'failed' and not seen"), 0, "read with the thread");
}

async fn a_sender_who_no_longer_sees_the_conversation_is_not_told(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in(CLIENT, "Hi").await;
    app.assign(id, sally);
    let (sales, owner) = (app.sign_in(sally).await, app.sign_in(app.owner()).await);
    sales.post_form(&format!("{}/messages", address(id)), &[("body", "Hello")]).await;
    let (text, now) = (app.number_in("messages", "max(id)"), app.now());
    app.write(|tx| outgoing::take_turn(tx, text, now));
    assert_eq!(owner.post(&format!("{}/assignments/{sally}/removal", address(id))).await.status, 303);
    app.write(|tx| outgoing::refused(tx, text, Some("30003"), now));
    assert_eq!((told(&app, sally), app.count("messages where status = 'failed'")), (0, 1));
    app.drain().await;
}

async fn a_failed_text_is_tried_again_once_for_each_attempt(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let text = fail(&app, &owner, id, "30003").await;
    let page = owner.get(&address(id)).await;
    assert_eq!(page.texts("article button"), ["Try again"]);
    assert_eq!(app.count("conversations where attention"), 1);
    for _ in 0..2 {
        assert_eq!(owner.post(&retry(id, text)).await.status, 303);
        assert_eq!(app.count("messages where direction = 'out'"), 2, "a double click is one text");
    }
    assert_eq!(app.count("conversations where attention"), 0);
    let (again, now) = (app.number_in("messages", "max(id)"), app.now());
    let page = owner.get(&address(id)).await;
    assert!(page.texts("article button").is_empty());
    assert_eq!(page.attributes("article .message-failure a", "href"), [format!("#text-{again}")]);
    assert_eq!(page.attributes("article .message-note a", "href"), [format!("#text-{text}")]);
    assert!(page.texts("article[data-status=waiting]")[0].contains("The crew comes at 8"));

    app.write(|tx| outgoing::take_turn(tx, again, now));
    app.write(|tx| outgoing::refused(tx, again, Some("30008"), now));
    assert_eq!(owner.post(&retry(id, again)).await.status, 303, "the second attempt failed too");
    app.drain().await;
    let states = owner.get(&address(id)).await.attributes("article[data-direction=out]", "data-status");
    assert_eq!(states.len(), 3, "{states:?}");
    assert_eq!(app.count("messages where direction = 'out' and provider_message_id is not null"), 1);
}

async fn what_cannot_help_or_may_not_be_is_not_tried_again(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reads = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let reader = app.sign_in(app.user_with("Rita Reader", reads)).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let other = app.text_in("+13035550102", "Hi").await;
    let inbound = app.number_in(&format!("messages where conversation_id = {id}"), "min(id)");
    for (code, next) in [("30007", "reword"), ("30006", "Call"), ("21211", "Correct it"), ("30005", "correct it")] {
        let text = fail(&app, &owner, id, code).await;
        let refused = owner.post(&retry(id, text)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(next), "{code}: {}", refused.text());
    }
    assert!(owner.get(&address(id)).await.texts("article button").is_empty());
    let text = fail(&app, &owner, id, "30003").await;
    assert_eq!(owner.get(&address(id)).await.texts("article button"), ["Try again"], "this one may");
    assert_eq!(owner.post(&retry(other, text)).await.status, 404, "not a text of that conversation");
    assert_eq!(owner.post(&retry(id, inbound)).await.status, 404);
    assert_eq!((reader.post(&retry(id, text)).await.status, sales.post(&retry(id, text)).await.status), (403, 404));
    assert!(reader.get(&address(id)).await.texts("article button").is_empty());
    let before = app.count("messages");
    app.text_in(CLIENT, "STOP").await;
    let page = owner.get(&address(id)).await;
    assert!(page.texts("article button").is_empty(), "not while opted out");
    let refused = owner.post(&retry(id, text)).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("opted out with STOP on "), "{}", refused.text());
    assert_eq!(app.count("messages"), before + 1);
}

async fn a_text_whose_fate_is_unknown_waits_for_a_person_and_is_never_tried_again(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    owner.post_form(&format!("{}/messages", address(id)), &[("body", "Hello")]).await;
    let (text, now) = (app.number_in("messages", "max(id)"), app.now());
    app.write(|tx| outgoing::take_turn(tx, text, now));
    app.write(|tx| outgoing::fate_unknown(tx, text, now));
    assert_eq!(rows(&owner.get("/conversations?filter=attention").await), [id]);
    let soon = owner.get(&address(id)).await.texts("article[data-status=unknown]").concat();
    assert!(!soon.contains("Nobody can say"), "it is only late: {soon}");
    app.advance(chrono::Duration::minutes(20));
    let page = owner.get(&address(id)).await;
    let later = page.texts("article[data-status=unknown]").concat();
    assert!(later.contains("Nobody can say yet whether this text arrived."), "{later}");
    assert!(page.texts("article button").is_empty());
    assert_eq!(owner.post(&retry(id, text)).await.status, 422);
    assert_eq!(app.count("messages where direction = 'out'"), 1);
    assert_eq!(owner.post(&format!("{}/closure", address(id))).await.status, 303);
    assert!(rows(&owner.get("/conversations?filter=attention").await).is_empty());
    // The job of the text is still there: it asks the gateway, which never heard of it
    let (accepted, now) =
        (Accepted { provider_message_id: "SM1".to_owned(), status: DeliveryStatus::Delivered }, app.now());
    assert!(app.write(|tx| outgoing::accepted(tx, text, &accepted, now)));
    app.drain().await;
}

async fn an_opt_out_that_a_report_tells_of_is_kept_unless_they_are_in_again(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    fail(&app, &owner, id, "21610").await;
    assert_eq!(app.count("opt_outs where source = 'gateway'"), 1);
    assert_eq!(app.count("consents where kind = 'opted_out' and source = 'gateway'"), 1);
    let why = owner.get(&address(id)).await.texts("#composer-why").concat();
    assert!(why.contains("the gateway told us on "), "{why}");
    app.advance(chrono::Duration::minutes(1));
    app.text_in(CLIENT, "START").await;
    let old = app.number_in("messages where direction = 'out'", "max(id)");
    let now = app.now();
    app.write(|tx| outgoing::refused(tx, old, Some("21610"), now));
    assert_eq!((app.count("opt_outs"), app.count("consents")), (0, 2), "that report was late");
}
