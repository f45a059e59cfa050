use chrono::Duration;
use crewline::domain::{BuiltInRole, Permissions, Plan, SmsAccess, SmsDashboard};
use crewline::store::client_phones;

use super::{tab, thread};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    who_only_reads_through_the_record_is_not_told_and_reads_it_for_nobody_else,
    who_answers_from_the_record_is_assigned_and_finds_it_on_their_dashboard,
    who_has_no_dashboard_is_warned_assigned_and_not_told_while_the_others_still_are,
    a_blank_text_is_refused_inside_the_record_and_what_was_typed_is_kept,
    the_list_has_a_conversation_for_each_phone_and_number_and_names_an_earlier_phone,
    a_household_is_titled_by_both_and_open_from_either_record,
    on_starter_the_tab_asks_for_an_upgrade,
);

/// Reads and answers from records, and has no dashboard.
fn without_dashboard() -> Permissions {
    Permissions { sms_dashboard: SmsDashboard::None, ..BuiltInRole::SalesPerson.permissions() }
}

async fn who_only_reads_through_the_record_is_not_told_and_reads_it_for_nobody_else(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let nora = app.user_with("Nora Nodash", without_dashboard());
    let maria = app.client("Maria", "+13035550101", &[sally, carl, nora]);
    let id = app.text_in("+13035550101", "Hi").await;
    let mut readers = Vec::new();
    for user in [sally, carl, nora] {
        readers.push((user, app.sign_in(user).await));
    }
    for _ in 0..2 {
        for (user, actor) in &readers {
            let page = actor.get(&thread(maria, id)).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("Hi") && page.texts("section[aria-labelledby] h3")[0].contains("Assigned to"));
            assert!(
                page.attributes("summary", "aria-label").iter().all(|name| !name.starts_with("Assign")),
                "assigning is for the dashboard"
            );
            assert!(page.texts("button").iter().all(|name| !["Close", "Block this phone"].contains(&name.as_str())));
            assert_eq!(app.count(&format!("notifications where user_id = {user}")), 0);
            assert_eq!(app.count(&format!("unreads where user_id = {user}")), 0);
        }
        assert_eq!(app.count(&format!("unreads where user_id = {}", app.owner())), 1, "still unread for the owner");
        app.text_in("+13035550101", "Anybody?").await;
    }
    assert_eq!(app.count(&format!("notifications where user_id = {} and not seen", app.owner())), 3);

    // Who is told reads it there as well as on the dashboard
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get(&thread(maria, id)).await.status, 200);
    assert_eq!(app.count("unreads"), 0);
    assert_eq!(app.count("notifications where not seen"), 0);
}

async fn who_answers_from_the_record_is_assigned_and_finds_it_on_their_dashboard(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let id = app.text_in("+13035550101", "Hi").await;
    let sales = app.sign_in(sally).await;
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 404);
    let page = sales.get(&thread(maria, id)).await;
    assert_eq!(page.attributes("form[action$='/messages'] input[name=from_client]", "value"), [maria.to_string()]);
    assert!(!page.text().contains("You will not be told"), "they will be");
    assert_eq!(page.attributes("form[data-draft]", "data-draft"), [format!("conversation-{id}")]);
    let tab = sales.get(&format!("/clients/{maria}/sms")).await;
    let drafts = [format!("text-client-{maria}"), format!("conversation-{id}")];
    assert_eq!(tab.attributes("form[data-draft]", "data-draft"), drafts, "each keeps its own");

    let form = [("body", "Tomorrow at nine"), ("from_client", &maria.to_string())];
    let sent = sales.post_form(&format!("/conversations/{id}/messages"), &form).await;
    assert_eq!((sent.status, sent.location), (303, Some(thread(maria, id))));
    assert_eq!(app.count(&format!("assignments where user_id = {sally} and reason = 'replied'")), 1);
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 200);
    assert!(sales.get("/conversations").await.texts("li a").iter().any(|row| row.starts_with("Maria Client")));

    // Now it is theirs: the controls are there, and what they do leads back to the record
    let page = sales.get(&thread(maria, id)).await;
    assert_eq!(page.attributes("[aria-label^='Remove ']", "aria-label"), ["Remove Sally Sales"]);
    let came_from = [("from_client", maria.to_string())];
    let came_from: Vec<(&str, &str)> = came_from.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for act in ["closure", "closure/removal", "block", "block/removal", &format!("assignments/{sally}/removal")] {
        let done = sales.post_form(&format!("/conversations/{id}/{act}"), &came_from).await;
        assert_eq!((done.status, done.location), (303, Some(thread(maria, id))), "{act}");
    }
    assert_eq!(app.count("assignments"), 0);
    assert_eq!(sales.get(&thread(maria, id)).await.status, 200, "the record stays open to them");
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 404);
}

async fn who_has_no_dashboard_is_warned_assigned_and_not_told_while_the_others_still_are(backend: Backend) {
    let app = TestApp::start(backend).await;
    let nora = app.user_with("Nora Nodash", without_dashboard());
    let maria = app.client("Maria", "+13035550101", &[nora]);
    let id = app.text_in("+13035550101", "Hi").await;
    let actor = app.sign_in(nora).await;
    for path in [thread(maria, id), tab(maria)] {
        assert!(actor.get(&path).await.text().contains("You will not be told of the reply: your role has no access"));
    }
    let form = [("body", "Hello Maria"), ("from_client", &maria.to_string())];
    let sent = actor.post_form(&format!("/conversations/{id}/messages"), &form).await;
    assert_eq!((sent.status, sent.location), (303, Some(thread(maria, id))));
    assert_eq!(app.count(&format!("assignments where user_id = {nora} and reason = 'replied'")), 1);

    let told = |user| app.count(&format!("notifications where user_id = {user} and kind = 'inbound'"));
    let before = told(app.owner());
    app.text_in("+13035550101", "When?").await;
    assert_eq!((told(nora), app.count(&format!("unreads where user_id = {nora}"))), (0, 0));
    assert_eq!(told(app.owner()), before + 1, "they do not silence the others");
    assert_eq!(app.count("notifications where reason = 'no_assignee_to_tell'"), 1);
    let bell = app.sign_in(app.owner()).await.get("/notifications").await;
    assert!(bell.text().contains("Nobody who is assigned can be told, and you see all conversations"));
    assert_eq!(actor.get("/conversations").await.status, 404);
}

async fn a_blank_text_is_refused_inside_the_record_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let id = app.text_in("+13035550101", "Hi").await;
    let sales = app.sign_in(sally).await;
    let long = "é".repeat(1601);
    for body in [" ", long.as_str()] {
        let form = [("body", body), ("from_client", &maria.to_string())];
        let refused = sales.post_form(&format!("/conversations/{id}/messages"), &form).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.texts("[role=alert]").len(), 1);
        assert_eq!(refused.texts("h1"), ["Maria Client"], "the record's page");
        assert_eq!(refused.texts("form[action$='/messages'] textarea"), [body.trim()]);
    }
    assert_eq!((app.count("messages where direction = 'out'"), app.count("assignments")), (0, 0));
}

async fn the_list_has_a_conversation_for_each_phone_and_number_and_names_an_earlier_phone(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let owner = app.sign_in(app.owner()).await;
    let rows = |page: &crate::support::app::Answered| page.attributes("li.row a", "href");
    let empty = owner.get(&tab(maria)).await;
    assert!(rows(&empty).is_empty() && empty.text().contains("No texts with Maria Client yet"));

    let first = app.text_in("+13035550101", "To the main line").await;
    let only = owner.get(&tab(maria)).await;
    assert_eq!(rows(&only), [thread(maria, first)]);
    assert_eq!(only.texts("article").len(), 1, "the only one is open below");
    app.advance(Duration::minutes(1));
    let second = app.text_in_to("+13035559999", "+13035550101", "To the other").await;
    let both = owner.get(&tab(maria)).await;
    assert_eq!(rows(&both), [thread(maria, second), thread(maria, first)], "newest first");
    assert!(both.texts("article").is_empty());
    assert!(both.texts("li.row a")[0].contains("via (303) 555-9999"));
    assert!(!both.text().contains("Former phone"));

    let phone = client_phones::ClientPhone {
        kind: crewline::domain::PhoneKind::Home,
        phone: "+13035550177".to_owned(),
        texting: true,
    };
    app.write(|tx| Ok(client_phones::replace(tx, maria, std::slice::from_ref(&phone))?));
    let changed = owner.get(&tab(maria)).await;
    assert_eq!(rows(&changed).len(), 2, "the old threads stay");
    assert!(changed.texts("li.row a").iter().all(|row| row.contains("Former phone")));

    for number in 0..25 {
        app.advance(Duration::minutes(1));
        app.text_in_to(&format!("+172055500{number:02}"), "+13035550177", "Hi").await;
    }
    // These came after the record had the phone, so they are linked
    let page = owner.get(&tab(maria)).await;
    assert_eq!(rows(&page).len(), 20);
    let next = page.attributes("a[rel=next]", "href");
    let rest = owner.get(&next[0]).await;
    assert_eq!(rows(&rest).len(), 7);
    assert!(rest.attributes("a[rel=next]", "href").is_empty());
    assert!(rows(&rest).contains(&thread(maria, first)) && rows(&rest).iter().all(|row| !rows(&page).contains(row)));
}

async fn a_household_is_titled_by_both_and_open_from_either_record(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (sally, pete) =
        (app.user("Sally Sales", BuiltInRole::SalesPerson), app.user("Pete Projects", BuiltInRole::ProjectManager));
    let (ann, bob) = (app.client("Ann", "+13035550101", &[sally]), app.client("Bob", "+13035550101", &[pete]));
    let id = app.text_in("+13035550101", "Hi from us").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get(&format!("/conversations/{id}")).await.texts("h2"), ["Ann Client, Bob Client"]);
    for (user, theirs, other) in [(sally, ann, bob), (pete, bob, ann)] {
        let actor = app.sign_in(user).await;
        let page = actor.get(&thread(theirs, id)).await;
        assert_eq!(page.status, 200);
        assert!(page.texts("h2").contains(&"Ann Client, Bob Client".to_owned()));
        assert_eq!(actor.get(&thread(other, id)).await.status, 404);
    }
}

async fn on_starter_the_tab_asks_for_an_upgrade(backend: Backend) {
    let app = TestApp::start(backend).await;
    let pete = Permissions { sms_access: SmsAccess::None, ..BuiltInRole::ProjectManager.permissions() };
    let pete = app.user_with("Pete Projects", pete);
    let maria = app.client("Maria", "+13035550101", &[pete]);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, blind) = (app.sign_in(app.owner()).await, app.sign_in(pete).await);
    app.set_plan(Plan::Starter);
    for path in [tab(maria), thread(maria, id)] {
        let refused = owner.get(&path).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(refused.text().contains("SMS starts with the Growth plan"), "{path}");
        assert_eq!(refused.attributes("main a[href^='/settings']", "href"), ["/settings/company"], "{path}");
        assert_eq!(blind.get(&path).await.status, 404, "the plan tells nothing to who has no SMS access");
    }
    assert_eq!(owner.post_form(&tab(maria), &[("body", "Hi")]).await.status, 403);
    assert_eq!(owner.post(&format!("/conversations/{id}/block")).await.status, 403);
    let link = [("client_id", maria.to_string())];
    let link: Vec<(&str, &str)> = link.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(owner.post_form(&format!("/conversations/{id}/clients"), &link).await.status, 403);
    assert_eq!(owner.get(&format!("/clients/{maria}")).await.status, 200, "the record itself stays");
    app.set_plan(Plan::Growth);
    assert_eq!(owner.get(&thread(maria, id)).await.status, 200);
}
