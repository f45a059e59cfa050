//! The consent record of a phone, from its conversation.

use crewline::domain::{BuiltInRole, Permissions, SmsAccess};

use super::address;
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    every_way_out_and_in_is_on_record_with_who_and_how,
    nobody_undoes_what_the_client_said_themselves,
    a_stop_makes_an_opt_out_by_hand_the_clients_own,
    who_may_only_read_sees_the_record_and_changes_nothing,
    a_long_record_is_read_page_by_page,
);

const CLIENT: &str = "+13035550101";
const NOTE: &str = "Called on Monday, Dana took the call";

async fn every_way_out_and_in_is_on_record_with_who_and_how(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let place = format!("{}/consent", address(id));
    let empty = owner.get(&place).await;
    assert!(empty.text().contains("Nothing on record yet") && empty.text().contains("Not opted out."));
    assert!(owner.get(&address(id)).await.texts("[aria-label=Consent]")[0].contains("Nothing on record yet."));

    for (deed, button) in [("given", "They agreed to texts"), ("opt_out", "Opt this phone out")] {
        assert!(owner.get(&place).await.texts("button").contains(&button.to_owned()));
        let done = owner.post_form(&place, &[("deed", deed), ("note", NOTE)]).await;
        assert_eq!((done.status, done.location), (303, Some(place.clone())));
    }
    assert_eq!(owner.post_form(&format!("{}/messages", address(id)), &[("body", "But")]).await.status, 403);
    let page = owner.get(&place).await;
    assert!(page.texts("button").contains(&"Undo the opt-out".to_owned()));
    assert!(!page.texts("button").contains(&"Opt this phone out".to_owned()));
    assert_eq!(owner.post_form(&place, &[("deed", "undo_opt_out"), ("note", NOTE)]).await.status, 303);
    app.text_in(CLIENT, "STOP").await;
    app.text_in(CLIENT, "START").await;
    assert_eq!(owner.post_form(&format!("{}/messages", address(id)), &[("body", "Hello")]).await.status, 303);

    let lines = owner.get(&place).await.texts("[data-consent] div");
    assert_eq!(
        lines,
        [
            "Opted in again with START".to_owned(),
            "Opted out with STOP".to_owned(),
            format!("Olivia Owner undid the opt-out {NOTE}"),
            format!("Olivia Owner opted this phone out {NOTE}"),
            format!("Olivia Owner noted that they agreed to texts {NOTE}"),
        ]
    );
    let card = owner.get(&address(id)).await.texts("[aria-label=Consent] li");
    assert!(card.len() == 3 && card[0].starts_with("Opted in again with START"), "{card:?}");
    for action in ["consent.given", "phone.opted_out", "phone.opt_out_undone"] {
        assert_eq!(app.count(&format!("audit_log where action = '{action}' and detail like '%0101'")), 1, "{action}");
    }
    for note in ["", "   ", &"x".repeat(501)] {
        let refused = owner.post_form(&place, &[("deed", "opt_out"), ("note", note)]).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1));
        assert_eq!(refused.texts("textarea[name=note]").concat(), note.trim(), "what was typed is kept");
    }
    assert_eq!((app.count("opt_outs"), app.count("consents")), (0, 5));
}

async fn nobody_undoes_what_the_client_said_themselves(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "STOP").await;
    let owner = app.sign_in(app.owner()).await;
    let place = format!("{}/consent", address(id));
    let page = owner.get(&place).await;
    assert!(page.text().contains("Only START from that phone opts it in again."));
    assert!(!page.texts("button").contains(&"Undo the opt-out".to_owned()));
    let refused = owner.post_form(&place, &[("deed", "undo_opt_out"), ("note", NOTE)]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("They opt in again by texting START"), "{}", refused.text());
    let given = owner.post_form(&place, &[("deed", "given"), ("note", NOTE)]).await;
    assert_eq!((given.status, app.count("opt_outs")), (303, 1), "what somebody notes opts nobody in");
}

async fn a_stop_makes_an_opt_out_by_hand_the_clients_own(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let place = format!("{}/consent", address(id));
    owner.post_form(&place, &[("deed", "opt_out"), ("note", NOTE)]).await;
    assert_eq!(app.count("opt_outs where source = 'staff'"), 1);
    for _ in 0..2 {
        app.text_in(CLIENT, "STOP").await;
        assert_eq!((app.count("opt_outs where source = 'text'"), app.count("consents")), (1, 2));
    }
    assert_eq!(owner.post_form(&place, &[("deed", "undo_opt_out"), ("note", NOTE)]).await.status, 403);
}

async fn who_may_only_read_sees_the_record_and_changes_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reads = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let reader = app.sign_in(app.user_with("Rita Reader", reads)).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    let id = app.text_in(CLIENT, "STOP").await;
    let place = format!("{}/consent", address(id));
    let page = reader.get(&place).await;
    assert_eq!(page.texts("[data-consent] div"), ["Opted out with STOP"]);
    assert!(page.texts("form.fields").is_empty());
    for deed in ["given", "opt_out", "undo_opt_out"] {
        let fields = [("deed", deed), ("note", NOTE)];
        assert_eq!(reader.post_form(&place, &fields).await.status, 403);
        assert_eq!(sales.post_form(&place, &fields).await.status, 404);
    }
    assert_eq!(sales.get(&place).await.status, 404);
    assert_eq!((app.count("opt_outs"), app.count("consents")), (1, 1));
}

async fn a_long_record_is_read_page_by_page(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    for _ in 0..20 {
        app.text_in(CLIENT, "STOP").await;
        app.text_in(CLIENT, "START").await;
    }
    let owner = app.sign_in(app.owner()).await;
    let (mut place, mut read) = (Some(format!("{}/consent", address(id))), 0);
    while let Some(next) = place {
        let page = owner.get(&next).await;
        read += page.texts("[data-consent]").len();
        place = page.attributes("a[rel=next]", "href").pop();
    }
    assert_eq!(read, 40);
}
