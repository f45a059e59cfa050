use crewline::domain::{BuiltInRole, Plan};
use crewline::store::company;

use super::{address, rows};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(on_starter_texts_are_stored_and_nobody_is_told_until_the_plan_has_sms);

async fn on_starter_texts_are_stored_and_nobody_is_told_until_the_plan_has_sms(backend: Backend) {
    let app = TestApp::start(backend).await;
    let before = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let carl = app.sign_in(app.user("Carl Crew", BuiltInRole::FieldEmployee)).await;
    assert_eq!(owner.post_form(&format!("{}/messages", address(before)), &[("body", "Hello")]).await.status, 303);
    app.write(|tx| Ok(company::set_plan(tx, Plan::Starter)?));
    let told = app.count("notifications");

    let paths = ["/conversations".to_owned(), address(before), "/conversations/new".to_owned()];
    for path in &paths {
        let refused = owner.get(path).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(refused.text().contains("SMS starts with the Growth plan"), "{path}");
        assert!(refused.texts("a").iter().any(|link| link.starts_with("Upgrade")), "{path}");
        assert_eq!(refused.attributes("a[href^='/settings']", "href"), ["/settings/company"], "{path}");
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

    app.write(|tx| Ok(company::set_plan(tx, Plan::Growth)?));
    let list = owner.get("/conversations?filter=unread").await;
    assert!(rows(&list).contains(&waits), "they are all there, unread");
    assert_eq!(owner.get(&address(waits)).await.status, 200);
    app.text_in("+13035550102", "Hello?").await;
    assert!(app.count("notifications") > told);
}
