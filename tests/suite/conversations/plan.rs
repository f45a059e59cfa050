use crewline::domain::{BuiltInRole, Permissions, Plan};

use super::{address, rows};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    on_starter_texts_are_stored_and_nobody_is_told_until_the_plan_has_sms,
    what_was_about_to_leave_is_shown_as_not_sent_and_listed_for_a_person,
    whoever_manages_the_company_sees_how_many_wait,
    who_is_refused_keeps_the_menu_and_a_script_gets_a_toast,
);

async fn on_starter_texts_are_stored_and_nobody_is_told_until_the_plan_has_sms(backend: Backend) {
    let app = TestApp::start(backend).await;
    let before = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let carl = app.sign_in(app.user("Carl Crew", BuiltInRole::FieldEmployee)).await;
    assert_eq!(owner.post_form(&format!("{}/messages", address(before)), &[("body", "Hello")]).await.status, 303);
    app.set_plan(Plan::Starter);
    let told = app.count("notifications");

    let paths = ["/conversations".to_owned(), address(before), "/conversations/new".to_owned()];
    for path in &paths {
        let refused = owner.get(path).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(refused.text().contains("SMS starts with the Growth plan"), "{path}");
        assert!(refused.texts("a").iter().any(|link| link.starts_with("Upgrade")), "{path}");
        assert_eq!(refused.attributes("main a[href^='/settings']", "href"), ["/settings/company"], "{path}");
    }
    assert_eq!(carl.get("/conversations").await.status, 404, "the plan tells nothing to who has no access");
    assert!(owner.get("/notifications").await.texts("nav a").iter().any(|entry| entry.starts_with("SMS")));
    for path in [format!("{}/messages", address(before)), "/conversations".to_owned()] {
        let fields = [("body", "Hi"), ("to", "+13035550103")];
        assert_eq!(owner.post_form(&path, &fields).await.status, 403, "{path}");
    }
    app.drain().await;
    assert_eq!(app.count("messages where direction = 'out' and status = 'blocked'"), 1, "nothing is sent");

    let waits = app.text_in("+13035550102", "Anybody there?").await;
    app.text_in("+13035550101", "STOP").await;
    assert_eq!(app.count("notifications"), told, "nobody is told");
    assert_eq!(app.count("opt_outs"), 1, "STOP still applies");

    app.set_plan(Plan::Growth);
    let list = owner.get("/conversations?filter=unread").await;
    assert!(rows(&list).contains(&waits), "they are all there, unread");
    assert_eq!(owner.get(&address(waits)).await.status, 200);
    app.text_in("+13035550102", "Hello?").await;
    assert!(app.count("notifications") > told);
}

async fn what_was_about_to_leave_is_shown_as_not_sent_and_listed_for_a_person(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let [late, early] = [app.text_in("+13035550101", "Hi").await, app.text_in("+13035550102", "Hi").await];
    let reply = [("body", "We come on Monday")];
    assert_eq!(owner.post_form(&format!("{}/messages", address(late)), &reply).await.status, 303);
    assert!(rows(&owner.get("/conversations?filter=attention").await).is_empty());
    app.set_plan(Plan::Starter);
    app.drain().await;
    app.set_plan(Plan::Growth);

    assert_eq!(rows(&owner.get("/conversations?filter=attention").await), [late]);
    let thread = owner.get(&address(late)).await;
    assert_eq!(thread.attributes("article[data-direction=out]", "data-status"), ["blocked"]);
    assert!(thread.text().contains("This text was not sent. SMS was not in the company's plan then."));

    // What nobody got to in the meantime leaves as if nothing had been
    assert_eq!(owner.post_form(&format!("{}/messages", address(early)), &reply).await.status, 303);
    app.set_plan(Plan::Starter);
    app.set_plan(Plan::Pro);
    app.drain().await;
    let thread = owner.get(&address(early)).await;
    assert_eq!(thread.attributes("article[data-direction=out]", "data-status"), ["delivered"]);
}

async fn whoever_manages_the_company_sees_how_many_wait(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    app.text_in("+13035550100", "Before").await;
    app.advance(chrono::Duration::minutes(1));
    app.set_plan(Plan::Starter);
    for page in ["/conversations", "/settings/company"] {
        assert!(owner.get(page).await.text().contains("No conversation waits"), "{page}");
    }
    app.text_in("+13035550101", "One").await;
    app.text_in("+13035550101", "Of the same").await;
    for page in ["/conversations", "/settings/company"] {
        assert!(owner.get(page).await.text().contains("1 conversation waits"), "{page}");
    }
    for number in 102..=230 {
        app.text_in(&format!("+13035550{number}"), "More").await;
    }
    assert!(owner.get("/conversations").await.text().contains("99+ conversations wait"));
    let refused = sales.get("/conversations").await;
    assert!(refused.text().contains("SMS starts with the Growth plan") && !refused.text().contains("wait"));

    app.advance(chrono::Duration::minutes(1));
    app.set_plan(Plan::Growth);
    assert!(!owner.get("/settings/company").await.text().contains("wait:"), "nothing waits any more");
    app.advance(chrono::Duration::minutes(1));
    app.set_plan(Plan::Starter);
    assert!(owner.get("/conversations").await.text().contains("No conversation waits"), "it is counted from now on");
}

async fn who_is_refused_keeps_the_menu_and_a_script_gets_a_toast(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions { see_audit: true, ..BuiltInRole::SalesPerson.permissions() };
    let sales = app.sign_in(app.user_with("Sally Sales", may)).await;
    app.set_plan(Plan::Starter);
    let refused = sales.get("/conversations").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.attributes("nav a[aria-current=page]", "href"), ["/conversations"]);
    assert!(refused.texts("nav a").iter().any(|entry| entry.starts_with("Settings")));
    assert!(refused.texts(".nav-who").iter().any(|who| who.contains("Sally Sales")));
    assert_eq!(refused.texts("[role=alert]"), ["SMS starts with the Growth plan."]);

    let asked = sales.request(reqwest::Method::GET, "/conversations").header("HX-Request-Type", "partial");
    let toast = sales.send(asked.header("HX-Request", "true")).await;
    assert_eq!(toast.status, 403);
    assert!(toast.body.contains("#toasts") && !toast.body.contains("<nav"), "{}", toast.body);
    let stranger = app.visitor().get("/conversations").await;
    assert_eq!((stranger.status, stranger.location.as_deref()), (303, Some("/sign-in?next=%2Fconversations")));
}
