use chrono::Duration;
use crewline::domain::BuiltInRole;

use super::address;
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    assigning_twice_and_removing_the_absent_change_nothing_and_tell_nobody,
    the_picker_offers_whom_one_may_pick_and_greys_the_others,
    ids_of_nobody_and_of_other_things_are_refused,
    who_is_removed_gets_a_line_and_no_push,
    an_undone_assignment_is_not_pushed,
);

async fn assign(actor: &Actor, id: i64, user: i64) -> Answered {
    actor.post_form(&format!("{}/assignments", address(id)), &[("user_id", &user.to_string())]).await
}

async fn remove(actor: &Actor, id: i64, user: i64) -> Answered {
    actor.post(&format!("{}/assignments/{user}/removal", address(id))).await
}

async fn assigning_twice_and_removing_the_absent_change_nothing_and_tell_nobody(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let told = format!("notifications where user_id = {sally} and kind = 'assigned' and reason = 'assigned_by'");
    for _ in 0..2 {
        let assigned = assign(&owner, id, sally).await;
        assert_eq!((assigned.status, assigned.location), (303, Some(address(id))));
        assert_eq!((app.count("assignments"), app.count(&told)), (1, 1));
        assert_eq!(app.count("timeline"), 1);
    }
    assert_eq!(assign(&owner, id, app.owner()).await.status, 303);
    assert_eq!(app.count(&format!("notifications where user_id = {} and kind = 'assigned'", app.owner())), 0);
    let lines = app.count("notifications");
    for expected in [1, 1] {
        assert_eq!(remove(&owner, id, sally).await.status, 303);
        assert_eq!(app.count("assignments"), expected);
        assert_eq!(app.count("notifications"), lines + 1, "told once that they were removed");
    }
    assert_eq!(remove(&owner, id, 99_999).await.status, 303, "nobody was never there either");

    let many = tokio::join!(assign(&owner, id, sally), assign(&owner, id, sally), assign(&owner, id, sally));
    assert_eq!([many.0.status, many.1.status, many.2.status], [303; 3]);
    assert_eq!(app.count(&format!("assignments where user_id = {sally}")), 1);
    assert_eq!(app.count(&told), 2, "told once more, by whichever came first");
}

async fn the_picker_offers_whom_one_may_pick_and_greys_the_others(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let gone = app.user("Gail Gone", BuiltInRole::BusinessManager);
    app.set_active(gone, false);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&address(id)).await;
    let offered = thread.texts("form[action$='/assignments'] button[name=user_id]");
    assert_eq!(offered.len(), 2, "{offered:?}");
    assert!(offered.iter().any(|name| name.contains("Sally Sales")), "{offered:?}");
    let greyed = thread.texts("[aria-label='Cannot be assigned'] li");
    assert!(greyed.iter().any(|name| name.contains("Carl Crew") && name.contains("no access")), "{greyed:?}");
    assert!(greyed.iter().any(|name| name.contains("Gail Gone") && name.contains("deactivated")), "{greyed:?}");
    assert_eq!(thread.attributes("summary", "aria-label").iter().filter(|name| *name == "Assign someone").count(), 1);
    assign(&owner, id, sally).await;
    let thread = owner.get(&address(id)).await;
    let offered = thread.texts("form[action$='/assignments'] button[name=user_id]");
    assert!(offered.len() == 1 && offered[0].contains("Olivia Owner"), "the assigned are not offered: {offered:?}");
    assert_eq!(thread.attributes("section[aria-labelledby] button[aria-label]", "aria-label"), ["Remove Sally Sales"]);
}

async fn ids_of_nobody_and_of_other_things_are_refused(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    for nobody in [0, -1, 99_999, i64::MAX, carl] {
        let refused = assign(&owner, id, nobody).await;
        assert_eq!(refused.status, 422, "{nobody}");
        assert!(!refused.texts("[role=alert]").is_empty(), "{nobody}");
    }
    assert_eq!(assign(&owner, id + 1000, sally).await.status, 404);
    assert_eq!(remove(&owner, id + 1000, sally).await.status, 404);
    let sales = app.sign_in(sally).await;
    assert_eq!(assign(&sales, id, sally).await.status, 404, "what one does not see one cannot take");
    assert_eq!(remove(&sales, id, app.owner()).await.status, 404);
    assert_eq!(app.count("assignments"), 0);
}

async fn who_is_removed_gets_a_line_and_no_push(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "A private matter").await;
    app.assign(id, sally);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    assert_eq!(sales.get(&address(id)).await.status, 200);
    assert_eq!(remove(&owner, id, sally).await.status, 303);
    assert_eq!(sales.get(&address(id)).await.status, 404);
    assert_eq!(app.count("jobs"), 0);
    let page = sales.get("/notifications").await;
    assert_eq!(page.texts("li[data-notification-id]").len(), 1);
    assert!(!page.body.contains("A private matter") && !page.body.contains(&format!("href=\"{}\"", address(id))));

    app.assign(id, sally);
    let own = remove(&sales, id, sally).await;
    assert_eq!((own.status, own.location.as_deref()), (303, Some("/conversations")), "they no longer see it");
}

async fn an_undone_assignment_is_not_pushed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    let device = crate::support::push_service::FakeBrowser::new("https://fcm.googleapis.com", "sallys");
    let subscribed = sales.post_json("/push/subscriptions", &device.to_json()).await;
    assert_eq!(subscribed.status, 201, "{}", subscribed.body);
    assign(&owner, id, sally).await;
    assert_eq!(app.count("jobs"), 1);
    app.advance(Duration::seconds(9));
    assert_eq!(app.drain().await, 0, "it waits for the time to undo");
    remove(&owner, id, sally).await;
    app.advance(Duration::seconds(2));
    assert_eq!((app.drain().await, app.count("jobs")), (1, 0), "looked at once, and dropped");
}
