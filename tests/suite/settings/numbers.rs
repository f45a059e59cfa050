use crewline::domain::BuiltInRole;

use crate::support::app::{Backend, TestApp, for_both};

for_both!(numbers_are_listed_with_what_their_gateway_has_to_know_and_can_be_labelled);

const PAGE: &str = "/settings/numbers";

async fn numbers_are_listed_with_what_their_gateway_has_to_know_and_can_be_labelled(backend: Backend) {
    let secret = "0123456789abcdef0123456789abcdef";
    let app = TestApp::planned(backend)
        .with("CREWLINE_TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000")
        .with("CREWLINE_TWILIO_AUTH_TOKEN", secret)
        .with("CREWLINE_TWILIO_NUMBER", "+13035550100")
        .start()
        .await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(PAGE).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("(303) 555-0100 Twilio · In use"), "{}", page.text());
    assert!(page.texts("code").contains(&format!("{}/hooks/twilio/sms", app.url())));
    assert!(page.text().contains("Set CREWLINE_PUBLIC_URL"), "Twilio cannot reach this machine");
    assert!(!page.body.contains(secret) && !page.body.contains("AC000000"), "no credentials");

    let id = app.number_in("numbers where phone = '+13035550100'", "id");
    let path = format!("{PAGE}/{id}");
    let labelled = owner.post_form(&path, &[("label", "  Storm   line ")]).await;
    assert_eq!((labelled.status, labelled.location.as_deref()), (303, Some(PAGE)));
    assert!(owner.get(PAGE).await.attributes("input[name=label]", "value").contains(&"Storm line".to_owned()));
    assert!(owner.get("/conversations/new").await.text().contains("Storm line"));
    assert_eq!(app.count("audit_log where action = 'number.labelled'"), 1);
    for (label, why) in [(" ", "Enter a label"), (&*"L".repeat(61), "at most 60")] {
        let refused = owner.post_form(&path, &[("label", label)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.texts("[role=alert]")[0].contains(why));
        assert!(refused.attributes("input[name=label]", "value").contains(&label.to_owned()));
    }
    assert_eq!(owner.post_form(&format!("{PAGE}/999"), &[("label", "X")]).await.status, 404);

    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    assert_eq!((sales.get(PAGE).await.status, sales.post_form(&path, &[("label", "Mine")]).await.status), (404, 404));
    assert_eq!(app.visitor().post_form(&path, &[("label", "Mine")]).await.status, 401);
    assert_eq!(app.count("numbers where label = 'Storm line'"), 1);
}
