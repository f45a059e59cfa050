use crewline::domain::BuiltInRole;

use super::{address, rows};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(an_inbound_text_reopens_and_keeps_the_assignments, who_only_reads_may_neither_close_nor_reopen);

async fn an_inbound_text_reopens_and_keeps_the_assignments(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "Hi").await;
    app.assign(id, sally);
    let owner = app.sign_in(app.owner()).await;
    for _ in 0..2 {
        let closed = owner.post(&format!("{}/closure", address(id))).await;
        assert_eq!((closed.status, closed.location), (303, Some(address(id))));
        assert_eq!(app.count("timeline where kind = 'closed'"), 1, "closing twice is closing once");
    }
    assert_eq!(rows(&owner.get("/conversations?filter=closed").await), [id]);

    let told = app.count(&format!("notifications where user_id = {sally}"));
    assert_eq!(app.text_in("+13035550101", "One more thing").await, id);
    assert_eq!(rows(&owner.get("/conversations?filter=open").await), [id]);
    assert_eq!(app.count("timeline where kind = 'reopened' and actor_user_id is null"), 1);
    assert_eq!(app.count("assignments"), 1);
    assert_eq!(app.count(&format!("notifications where user_id = {sally}")), told + 1);

    owner.post(&format!("{}/closure", address(id))).await;
    assert_eq!(owner.post(&format!("{}/closure/removal", address(id))).await.status, 303);
    assert_eq!(app.count("conversations where closed"), 0);
    assert!(owner.get(&address(id)).await.text().contains("Olivia Owner reopened this conversation"));
}

async fn who_only_reads_may_neither_close_nor_reopen(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reader = crewline::domain::Permissions {
        sms_access: crewline::domain::SmsAccess::Read,
        ..BuiltInRole::BusinessManager.permissions()
    };
    let reader = app.sign_in(app.user_with("Rita Reader", reader)).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    let id = app.text_in("+13035550101", "Hi").await;
    assert_eq!(reader.get(&address(id)).await.status, 200);
    for path in [format!("{}/closure", address(id)), format!("{}/closure/removal", address(id))] {
        assert_eq!(reader.post(&path).await.status, 403);
        assert_eq!(sales.post(&path).await.status, 404);
    }
    assert_eq!(app.count("timeline"), 0);
}
