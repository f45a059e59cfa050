use crewline::store::company;

use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    the_hours_of_automatic_texts_begin_as_usual_and_what_is_absent_stays,
    hours_that_do_not_run_forward_are_refused_and_kept_in_the_form,
);

const PAGE: &str = "/settings/company";

async fn hours(owner: &crate::support::app::Actor) -> Vec<String> {
    owner.get(PAGE).await.attributes("input[type=time]", "value")
}

async fn the_hours_of_automatic_texts_begin_as_usual_and_what_is_absent_stays(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(hours(&owner).await, ["09:00", "20:00", "12:00", "20:00"]);
    assert_eq!(owner.post_form(PAGE, &[("quiet_from", "08:30")]).await.status, 303);
    assert_eq!(owner.post_form(PAGE, &[("quiet_sunday_to", "18:00")]).await.status, 303);
    assert_eq!(owner.post_form(PAGE, &[("plan", "pro")]).await.status, 303);
    assert_eq!(hours(&owner).await, ["08:30", "20:00", "12:00", "18:00"]);
    let log = owner.get("/settings/audit?action=company.updated").await.text();
    assert!(log.contains("Automatic texts: 09:00–20:00 → 08:30–20:00"), "{log}");
    assert!(log.contains("Automatic texts on Sundays: 12:00–20:00 → 12:00–18:00"), "{log}");
}

async fn hours_that_do_not_run_forward_are_refused_and_kept_in_the_form(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let before = app.read(company::find);
    for (fields, why) in [
        ([("quiet_from", "20:00"), ("quiet_to", "09:00")], "On weekdays"),
        ([("quiet_from", "09:00"), ("quiet_to", "09:00")], "On weekdays"),
        ([("quiet_sunday_from", "20:00"), ("name", "Ridge")], "On Sundays"),
        ([("quiet_from", "soon"), ("name", "Ridge")], "as a time"),
        ([("quiet_to", "25:00"), ("name", "Ridge")], "as a time"),
    ] {
        let refused = owner.post_form(PAGE, &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.texts("[role=alert]").concat().contains(why), "{fields:?}");
        let typed = refused.attributes(&format!("input[name={}]", fields[0].0), "value");
        assert_eq!(typed, [fields[0].1], "it is kept");
    }
    assert_eq!(app.read(company::find), before);
}
