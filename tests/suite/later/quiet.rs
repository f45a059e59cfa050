use crewline::domain::BuiltInRole;

use super::{address, on_tuesday, put, schedule, sent, waiting};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    in_quiet_hours_the_composer_says_what_time_it_is_there_and_sends_all_the_same,
    a_new_text_to_a_client_says_it_too_as_far_as_one_knows_the_client,
    what_is_scheduled_into_quiet_hours_says_so_and_waits,
    by_day_nothing_is_said,
);

/// 22:40 in Denver.
const NIGHT: &str = "2026-11-25T05:40:00";

async fn in_quiet_hours_the_composer_says_what_time_it_is_there_and_sends_all_the_same(backend: Backend) {
    let app = TestApp::planned(backend).at(NIGHT).start().await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let words =
        "It is 22:40 where Maria Client lives. Quiet hours last until tomorrow 09:00. You can send all the same.";
    for page in [address(id), format!("/clients/{maria}/sms/{id}")] {
        assert_eq!(owner.get(&page).await.texts("#composer-quiet"), [words], "{page}");
    }
    assert_eq!(owner.post_form(&format!("{}/messages", address(id)), &[("body", "Good night")]).await.status, 303);
    assert_eq!(sent(&app), 1);

    put(&app, "update clients set time_zone = 'Asia/Tokyo'");
    assert!(owner.get(&address(id)).await.texts("#composer-quiet").is_empty(), "14:40 in Tokyo");
    put(&app, "update clients set time_zone = 'Pacific/Auckland'");
    assert!(owner.get(&address(id)).await.texts("#composer-quiet").is_empty(), "18:40 in Auckland");
    put(&app, "update clients set time_zone = 'Asia/Kolkata'");
    assert!(owner.get(&address(id)).await.texts("#composer-quiet").is_empty(), "11:10 in Kolkata");
    put(&app, "update clients set time_zone = 'Europe/Berlin'");
    let words = owner.get(&address(id)).await.texts("#composer-quiet").concat();
    assert!(words.starts_with("It is Wed 06:40 where Maria Client lives, Tue 22:40 at your company."), "{words}");
    assert!(words.contains("last until Wed 09:00 there."), "{words}");
}

async fn a_new_text_to_a_client_says_it_too_as_far_as_one_knows_the_client(backend: Backend) {
    let app = TestApp::planned(backend).at(NIGHT).start().await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    for to in ["%2B13035550101", "Maria+Client"] {
        let page = owner.get(&format!("/conversations/new?to={to}")).await;
        assert!(page.texts("#to-clock").concat().starts_with("It is 22:40 where Maria Client lives."), "{to}");
        assert_eq!(sales.get(&format!("/conversations/new?to={to}")).await.texts("#to-clock"), [""], "not hers");
    }
    assert_eq!(owner.get("/conversations/new?to=%2B13035550199").await.texts("#to-clock"), [""]);
    let record = owner.get(&format!("/clients/{maria}/sms")).await;
    assert!(record.text().contains("It is 22:40 where Maria Client lives."));
}

async fn what_is_scheduled_into_quiet_hours_says_so_and_waits(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(schedule(&owner, id, "2026-11-25T06:30").await.status, 303);
    assert_eq!(schedule(&owner, id, "2026-11-25T09:00").await.status, 303);
    let shown = waiting(&owner.get(&address(id)).await);
    assert!(shown[0].contains("In quiet hours there") && !shown[1].contains("quiet hours"), "{shown:?}");
}

async fn by_day_nothing_is_said(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    assert!(owner.get(&address(id)).await.texts("#composer-quiet").is_empty());
    let hours = [("quiet_from", "13:00"), ("quiet_to", "14:00")];
    assert_eq!(owner.post_form("/settings/company", &hours).await.status, 303);
    assert_eq!(owner.get(&address(id)).await.texts("#composer-quiet").len(), 1, "the company's own hours count");
}
