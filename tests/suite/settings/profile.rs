use chrono::Duration;
use crewline::domain::BuiltInRole::SalesPerson;
use crewline::domain::UserId;
use reqwest::Method;

use super::{app_that_rings, audited};
use crate::support::app::{Actor, Answered, Backend, PASSWORD, TestApp, for_both};
use crate::support::stream::Stream;

const NEW: &str = "seven slow blue herons";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

for_both!(
    a_new_password_needs_the_old_one_and_signs_every_other_browser_out,
    guessing_the_old_password_is_slowed_down,
    a_browser_is_listed_with_its_name_and_can_be_signed_out,
    nobody_signs_out_somebody_elses_browser,
    one_signs_out_everywhere_else_at_once,
    many_browsers_go_on_on_another_page,
);

async fn change(actor: &Actor, current: &str, new: &str) -> Answered {
    let fields = [("current_password", current), ("password", new)];
    actor.post_form("/settings/profile/password", &fields).await
}

async fn a_new_password_needs_the_old_one_and_signs_every_other_browser_out(backend: Backend) {
    let (app, pushes) = app_that_rings(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let (here, there) = (app.sign_in(sally).await, app.sign_in(sally).await);
    let (phone, laptop) = (pushes.subscribe("phone"), pushes.subscribe("laptop"));
    assert_eq!(here.post_json("/push/subscriptions", &laptop.to_json()).await.status, 201);
    assert_eq!(there.post_json("/push/subscriptions", &phone.to_json()).await.status, 201);
    let (mut tab_here, mut tab_there) = (Stream::of(&here).await, Stream::of(&there).await);

    for (current, new) in [("a quiet green rood", NEW), ("", NEW), (PASSWORD, "short"), (PASSWORD, "password1234")] {
        let refused = change(&here, current, new).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1), "{current} → {new}");
        assert!(!refused.body.contains(NEW));
    }
    assert_eq!(here.post("/settings/profile/password").await.status, 422, "no field at all");
    assert_eq!(there.get("/conversations").await.status, 200, "nothing has changed");

    let done = change(&here, PASSWORD, NEW).await;
    assert_eq!(done.status, 303);
    let page = here.get(&done.location.expect("it leads back")).await;
    assert!(page.text().contains("Your password is changed"), "{}", page.text());
    tab_there.ends().await;
    assert_eq!(there.get("/conversations").await.status, 303);
    assert_eq!(app.count(&format!("push_subscriptions where user_id = {sally}")), 1, "this browser still rings");
    app.text_in("+13035550142", "Hi").await;
    let id = app.number_in("conversations", "id");
    let owner = app.sign_in(app.owner()).await;
    owner.post_form(&format!("/conversations/{id}/assignments"), &[("user_id", &sally.to_string())]).await;
    tab_here.until("event: notifications").await;
    assert_eq!((signs_in(&app, sally, PASSWORD).await, signs_in(&app, sally, NEW).await), (422, 303));
    assert_eq!(audited(&app, "user.password_changed", sally), 1);
    assert_eq!(app.count(&format!("audit_log where detail like '%{NEW}%'")), 0);
    assert_eq!(app.visitor().post("/settings/profile/password").await.status, 401);
}

async fn guessing_the_old_password_is_slowed_down(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let sales = app.sign_in(sally).await;
    for _ in 0..10 {
        assert_eq!(change(&sales, "no", NEW).await.status, 422);
    }
    let waits = change(&sales, PASSWORD, NEW).await;
    assert_eq!((waits.status, waits.texts("[role=alert]").len()), (429, 1), "also the right one");
    app.advance(Duration::minutes(16));
    assert_eq!(change(&sales, PASSWORD, NEW).await.status, 303);
}

async fn a_browser_is_listed_with_its_name_and_can_be_signed_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    let here = app.sign_in(app.owner()).await;
    let there = app.visitor();
    let request = there.request(Method::POST, "/sign-in").header("user-agent", FIREFOX);
    let fields = [("email", "owner@crew.example"), ("password", PASSWORD)];
    assert_eq!(there.send(request.form(&fields)).await.status, 303);
    let mut tab = Stream::of(&there).await;

    let page = here.get("/settings/profile").await;
    let listed = page.texts("[aria-labelledby=browsers-title] li");
    assert_eq!(listed.len(), 2);
    assert!(listed[0].contains("Firefox on Linux 127.0.0.1 · last seen now"), "{listed:?}");
    assert!(listed[1].contains("A browser This one"), "{listed:?}");
    let action = page.attributes("form[action^='/settings/profile/sessions/'][action$='/removal']", "action");
    assert_eq!(action.len(), 2, "of the other one, and of all others: {action:?}");
    assert_eq!(here.post(&action[0]).await.location.as_deref(), Some("/settings/profile"));
    tab.ends().await;
    assert_eq!(there.get("/conversations").await.status, 303);
    assert_eq!(here.get("/settings/profile").await.texts("[aria-labelledby=browsers-title] li").len(), 1);
    assert_eq!(here.post(&action[0]).await.status, 404, "it is gone");
    assert_eq!(audited(&app, "user.signed_out", app.owner()), 1);
}

async fn nobody_signs_out_somebody_elses_browser(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    let (of_owner, of_sally) = (session_of(&app, app.owner()), session_of(&app, sally));
    for (thief, id) in [(&sales, of_owner), (&owner, of_sally)] {
        assert_eq!(thief.post(&format!("/settings/profile/sessions/{id}/removal")).await.status, 404);
    }
    assert_eq!(sales.post("/settings/profile/sessions/removal").await.status, 303);
    assert_eq!((owner.get("/settings/profile").await.status, sales.get("/settings/profile").await.status), (200, 200));
    let listed = sales.get("/settings/profile").await;
    assert_eq!(listed.texts("[aria-labelledby=browsers-title] li").len(), 1, "one's own only");
    assert_eq!(app.visitor().post("/settings/profile/sessions/removal").await.status, 401);
}

async fn one_signs_out_everywhere_else_at_once(backend: Backend) {
    let app = TestApp::start(backend).await;
    let here = app.sign_in(app.owner()).await;
    let others = [app.sign_in(app.owner()).await, app.sign_in(app.owner()).await];
    let mut tab = Stream::of(&others[1]).await;
    assert_eq!(here.post("/settings/profile/sessions/removal").await.status, 303);
    tab.ends().await;
    for other in &others {
        assert_eq!(other.get("/conversations").await.status, 303);
    }
    assert_eq!(here.get("/conversations").await.status, 200);
    assert_eq!(app.count("sessions"), 1);
}

async fn many_browsers_go_on_on_another_page(backend: Backend) {
    let app = TestApp::start(backend).await;
    for _ in 0..22 {
        app.sign_in(app.owner()).await;
    }
    let here = app.sign_in(app.owner()).await;
    let first = here.get("/settings/profile").await;
    assert_eq!(first.texts("[aria-labelledby=browsers-title] li").len(), 20);
    let rest = here.get(&first.attributes("a[rel=next]", "href").concat()).await;
    assert_eq!(rest.texts("[aria-labelledby=browsers-title] li").len(), 3);
    assert!(rest.attributes("a[rel=next]", "href").is_empty());
}

fn session_of(app: &TestApp, user: UserId) -> i64 {
    app.number_in(&format!("sessions where user_id = {user}"), "id")
}

async fn signs_in(app: &TestApp, user: UserId, password: &str) -> u16 {
    let email = app.email(user);
    app.visitor().post_form("/sign-in", &[("email", email.as_str()), ("password", password)]).await.status
}
