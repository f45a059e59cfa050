use crewline::domain::BuiltInRole;
use crewline::store::company;

use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    what_is_sent_is_changed_and_what_is_absent_stays,
    what_cannot_be_is_refused_and_what_was_typed_is_kept,
    upgrade_leads_to_a_sentence_for_who_may_not_change_it,
    a_change_is_written_down_with_what_it_was_before,
);

const PAGE: &str = "/settings/company";

async fn what_is_sent_is_changed_and_what_is_absent_stays(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(PAGE).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attributes("input[name=name]", "value"), ["Crew & Sons Roofing"]);
    assert_eq!(page.texts("select[name=time_zone] option[selected]"), ["America/Denver"]);
    assert_eq!(page.attributes("select[name=time_zone] optgroup", "label")[..2], ["Near you", "Africa"]);
    assert_eq!(page.texts("select[name=time_zone] option")[..2], ["America/Denver", "America/New_York"]);
    assert_eq!(page.attributes("select[name=plan] option[selected]", "value"), ["growth"]);
    assert_eq!(page.attributes("select[name=notification_privacy] option[selected]", "value"), ["full"]);

    let answer = owner.post_form(PAGE, &[("name", "  Ridge & Sons "), ("time_zone", "Europe/Berlin")]).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)));
    assert_eq!(owner.post_form(PAGE, &[("plan", "pro")]).await.status, 303);
    assert_eq!(owner.post_form(PAGE, &[("notification_privacy", "name")]).await.status, 303);
    assert_eq!(owner.post_form(PAGE, &[]).await.status, 303);
    let page = owner.get(PAGE).await;
    assert_eq!(page.attributes("input[name=name]", "value"), ["Ridge & Sons"]);
    assert_eq!(page.texts("select[name=time_zone] option[selected]"), ["Europe/Berlin"]);
    assert_eq!(page.attributes("select[name=plan] option[selected]", "value"), ["pro"]);
    assert_eq!(page.attributes("select[name=notification_privacy] option[selected]", "value"), ["name"]);
    assert!(page.texts("nav p").contains(&"Ridge & Sons".to_owned()));
}

async fn what_cannot_be_is_refused_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let before = app.read(company::find);
    let long = "R".repeat(121);
    for (fields, why) in [
        ([("name", " "), ("plan", "pro")], "Enter the company's name"),
        ([("name", &long), ("plan", "pro")], "at most 120 characters"),
        ([("time_zone", "Middle/Earth"), ("plan", "pro")], "time zone"),
        ([("name", "Ridge"), ("plan", "enterprise")], "Choose a plan"),
        ([("name", "Ridge"), ("notification_privacy", "some")], "notifications on devices"),
    ] {
        let refused = owner.post_form(PAGE, &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.texts("[role=alert]").iter().any(|alert| alert.contains(why)), "{fields:?}");
        if fields[0].0 == "name" {
            assert_eq!(refused.attributes("input[name=name]", "value"), [fields[0].1], "it is kept");
        }
    }
    assert_eq!(app.read(company::find), before, "nothing of a refused form is stored");
    assert_eq!(owner.post_form(PAGE, &[("name", &"R".repeat(120))]).await.status, 303);
}

async fn upgrade_leads_to_a_sentence_for_who_may_not_change_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    for answer in [sales.get(PAGE).await, sales.post_form(PAGE, &[("plan", "pro")]).await] {
        assert_eq!(answer.status, 403);
        assert!(answer.texts("[role=alert]")[0].contains("Ask somebody who manages them"));
        assert!(answer.texts("nav a").iter().any(|entry| entry.starts_with("Clients")), "the menu stays");
    }
    assert_eq!(sales.post_form(PAGE, &[("name", "")]).await.status, 403, "the form is not looked at");
    let stranger = app.visitor();
    assert_eq!(stranger.get(PAGE).await.status, 303);
    assert_eq!(stranger.post_form(PAGE, &[("plan", "pro")]).await.status, 401);
    assert_eq!(app.read(company::find).map(|company| company.plan.as_str()), Some("growth"));
}

async fn a_change_is_written_down_with_what_it_was_before(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let count = || app.count("audit_log where action = 'company.updated'");
    assert_eq!(owner.post_form(PAGE, &[("plan", "growth"), ("name", "Crew & Sons Roofing")]).await.status, 303);
    assert_eq!(count(), 0, "nothing was changed");
    assert_eq!(owner.post_form(PAGE, &[("plan", "starter"), ("name", "Ridge")]).await.status, 303);
    assert_eq!(count(), 1);
    let log = owner.get("/settings/audit?action=company.updated").await;
    assert!(log.text().contains("Olivia Owner changed the company's settings"));
    assert!(log.text().contains("Name: Crew & Sons Roofing → Ridge. Plan: Growth → Starter"), "{}", log.text());
}
