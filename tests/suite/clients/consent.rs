//! The consent record of a phone, from the client record.

use crewline::domain::{BuiltInRole, ClientAccess, Permissions};

use super::{address, tab};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_phone_is_opted_out_and_back_from_the_record_of_its_client,
    who_may_not_edit_the_record_reads_and_changes_nothing,
    the_locked_door_of_a_record_says_the_same_as_the_composer,
);

const CLIENT: &str = "+13035550101";
const NOTE: &str = "On the phone, on Monday";

fn consent(id: i64) -> String {
    format!("/clients/{id}/consent?phone=%2B13035550101")
}

fn post(id: i64) -> String {
    format!("/clients/{id}/consent")
}

async fn a_phone_is_opted_out_and_back_from_the_record_of_its_client(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", CLIENT, &[]);
    let twin = app.client("Mario", CLIENT, &[]);
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get(&address(maria)).await.attributes(".contact a[href*=consent]", "href"), [consent(maria)]);
    let done = owner.post_form(&post(maria), &[("phone", CLIENT), ("deed", "opt_out"), ("note", NOTE)]).await;
    assert_eq!((done.status, done.location), (303, Some(consent(maria))));
    for record in [maria, twin] {
        assert!(owner.get(&address(record)).await.text().contains("Opted out"), "on every record with that phone");
        let lines = owner.get(&consent(record)).await.texts("[data-consent] div");
        assert_eq!(lines, [format!("Olivia Owner opted this phone out {NOTE}")]);
    }
    assert_eq!(owner.post_form(&tab(maria), &[("phone", CLIENT), ("body", "Hi")]).await.status, 403);
    let undone = owner.post_form(&post(twin), &[("phone", CLIENT), ("deed", "undo_opt_out"), ("note", NOTE)]).await;
    assert_eq!((undone.status, app.count("opt_outs")), (303, 0));
    assert_eq!(owner.post_form(&tab(maria), &[("phone", CLIENT), ("body", "Hi")]).await.status, 303);
    let blank = owner.post_form(&post(maria), &[("phone", CLIENT), ("deed", "opt_out"), ("note", " ")]).await;
    assert_eq!((blank.status, blank.texts("[role=alert]").len(), app.count("opt_outs")), (422, 1, 0));
}

async fn who_may_not_edit_the_record_reads_and_changes_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reads = Permissions { client_access: ClientAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let reader = app.sign_in(app.user_with("Rita Reader", reads)).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    let owner = app.sign_in(app.owner()).await;
    let maria = app.client("Maria", CLIENT, &[]);
    app.text_in("+13035550102", "STOP").await;
    let fields = [("phone", CLIENT), ("deed", "opt_out"), ("note", NOTE)];
    let page = reader.get(&consent(maria)).await;
    assert!(page.status == 200 && page.texts("form.fields").is_empty());
    assert_eq!(reader.post_form(&post(maria), &fields).await.status, 403);
    assert_eq!(
        (sales.get(&consent(maria)).await.status, sales.post_form(&post(maria), &fields).await.status),
        (404, 404)
    );
    // A phone that is not on the record is none of its business
    let foreign = [("phone", "+13035550102"), ("deed", "undo_opt_out"), ("note", NOTE)];
    assert_eq!(owner.post_form(&post(maria), &foreign).await.status, 404);
    assert_eq!(owner.get("/clients/1/consent?phone=%2B13035550102").await.status, 404);
    assert_eq!(app.count("opt_outs"), 1);
    assert_eq!(owner.post_form(&post(maria), &fields).await.status, 303);
}

async fn the_locked_door_of_a_record_says_the_same_as_the_composer(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", CLIENT, &[]);
    let id = app.text_in(CLIENT, "STOP").await;
    let owner = app.sign_in(app.owner()).await;
    let why = owner.get(&format!("/conversations/{id}")).await.texts("#composer-why").concat();
    assert!(why.contains("opted out with STOP on ") && why.contains("until they text START"), "{why}");
    let record = owner.get(&tab(maria)).await;
    assert_eq!(record.texts("#composer-why").concat(), why);
    assert!(record.texts("select[name=phone] option")[0].contains("opted out"));
    let refused = owner.post_form(&tab(maria), &[("phone", CLIENT), ("body", "But")]).await;
    assert_eq!((refused.status, refused.texts("[role=alert]")), (403, vec![why]));
}
