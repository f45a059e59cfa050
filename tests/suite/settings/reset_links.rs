use chrono::Duration;
use crewline::domain::BuiltInRole::{BusinessManager, FieldEmployee, Owner, SalesPerson};
use crewline::domain::UserId;

use super::{app_that_rings, audited, link_on, page_of, role};
use crate::support::app::{Actor, Backend, PASSWORD, TestApp, for_both};
use crate::support::stream::Stream;

const NEW: &str = "seven slow blue herons";

for_both!(
    a_reset_link_sets_a_password_once_and_ends_every_session,
    a_reset_link_is_over_after_a_day_and_when_another_is_made,
    links_that_open_nothing_all_look_alike_and_guesses_are_slowed_down,
    a_link_of_somebody_deactivated_opens_nothing,
    nobody_resets_themselves_or_somebody_deactivated,
    a_link_of_who_may_no_longer_decide_about_them_opens_nothing,
    who_guessed_too_often_signs_in_with_the_new_password,
    dead_links_shut_nobody_with_a_good_one_out,
);

async fn made_link(app: &TestApp, admin: &Actor, user: UserId) -> String {
    link_on(app, &admin.post(&format!("{}/password-reset", page_of(user))).await)
}

async fn a_reset_link_sets_a_password_once_and_ends_every_session(backend: Backend) {
    let (app, pushes) = app_that_rings(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let (manager, sales) = (app.sign_in(mia).await, app.sign_in(sally).await);
    let phone = pushes.subscribe("phone");
    assert_eq!(sales.post_json("/push/subscriptions", &phone.to_json()).await.status, 201);
    let mut tab = Stream::of(&sales).await;

    let link = made_link(&app, &manager, sally).await;
    let secret = link.rsplit('/').next().expect("a link ends with its secret");
    assert!(secret.len() >= 43 && link.starts_with("/password-resets/"), "{link}");
    assert_eq!(app.count(&format!("password_resets where token_hash = '{secret}'")), 0, "only a hash is kept");
    assert_eq!(app.count(&format!("password_resets where user_id = {sally} and made_by = {mia}")), 1);
    assert_eq!(app.count(&format!("audit_log where detail like '%{secret}%'")), 0);
    assert_eq!(sales.get("/conversations").await.status, 200, "nothing has changed yet");

    let visitor = app.visitor();
    let page = visitor.get(&link).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    let weak = visitor.post_form(&link, &[("password", "password1234")]).await;
    assert_eq!((weak.status, weak.texts("[role=alert]").len()), (422, 1));
    assert!(!weak.body.contains("password1234"));
    let done = visitor.post_form(&link, &[("password", NEW)]).await;
    assert_eq!((done.status, done.location.as_deref()), (303, Some("/sign-in")));
    assert_eq!(visitor.cookie(), None, "they sign in with it");

    tab.ends().await;
    assert_eq!(sales.get("/conversations").await.status, 303);
    assert_eq!(app.count(&format!("push_subscriptions where user_id = {sally}")), 0);
    assert_eq!(signs_in(&app, sally, PASSWORD).await, 422);
    assert_eq!(signs_in(&app, sally, NEW).await, 303);
    assert_eq!(visitor.get(&link).await.status, 404, "once only");
    assert_eq!(visitor.post_form(&link, &[("password", PASSWORD)]).await.status, 404);
    assert_eq!(signs_in(&app, sally, NEW).await, 303);
    assert_eq!((audited(&app, "user.reset_link_made", mia), audited(&app, "user.password_reset", sally)), (1, 1));
}

async fn a_reset_link_is_over_after_a_day_and_when_another_is_made(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let first = made_link(&app, &owner, sally).await;
    assert_eq!(app.visitor().get(&first).await.status, 200);
    let second = made_link(&app, &owner, sally).await;
    assert_ne!(first, second);
    assert_eq!(app.visitor().get(&first).await.status, 404, "a new one ends the old one");
    app.advance(Duration::hours(24) - Duration::seconds(1));
    assert_eq!(app.visitor().get(&second).await.status, 200);
    app.advance(Duration::seconds(1));
    assert_eq!(app.visitor().get(&second).await.status, 404);
    assert_eq!(app.visitor().post_form(&second, &[("password", NEW)]).await.status, 404);
    assert_eq!(signs_in(&app, sally, PASSWORD).await, 303, "nothing was changed");
}

async fn links_that_open_nothing_all_look_alike_and_guesses_are_slowed_down(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let replaced = made_link(&app, &owner, sally).await;
    let valid = made_link(&app, &owner, sally).await;
    let visitor = app.visitor();
    let unknown = visitor.get("/password-resets/nobody-knows-this").await;
    let old = visitor.get(&replaced).await;
    let invite = visitor.get("/invites/nobody-knows-this").await;
    assert_eq!([unknown.status, old.status, invite.status], [404; 3]);
    assert_eq!(unknown.text(), old.text());
    assert_eq!(unknown.text(), invite.text());
    assert!(unknown.texts("[role=alert]")[0].contains("Ask whoever sent it for a new one"));
    for _ in 3..10 {
        let guessed = visitor.post_form("/password-resets/guess", &[("password", NEW)]).await;
        assert_eq!(guessed.status, 404);
    }
    let eleventh = visitor.get("/password-resets/guess").await;
    assert_eq!(eleventh.status, 429);
    assert!(eleventh.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    app.advance(Duration::minutes(16));
    assert_eq!(visitor.get(&valid).await.status, 200);
}

/// Who was let out may have kept the links that they made.
async fn a_link_of_somebody_deactivated_opens_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let (owner, manager) = (app.sign_in(app.owner()).await, app.sign_in(mia).await);
    let of_sally = made_link(&app, &manager, sally).await;
    let sales_role = super::role(&app, SalesPerson);
    let fields = [("name", "A Friend"), ("email", "friend@crew.example"), ("role_id", sales_role.as_str())];
    let of_a_friend = link_on(&app, &manager.post_form("/settings/invites", &fields).await);
    let of_mia = made_link(&app, &owner, mia).await;
    for link in [&of_sally, &of_a_friend, &of_mia] {
        assert_eq!(app.visitor().get(link).await.status, 200, "{link}");
    }
    assert_eq!(owner.post_form(&page_of(mia), &[("active", "no")]).await.status, 303);
    for link in [&of_sally, &of_a_friend, &of_mia] {
        assert_eq!(app.visitor().get(link).await.status, 404, "{link}");
    }
    assert_eq!(app.count("audit_log where action = 'invite.withdrawn'"), 1);
}

async fn nobody_resets_themselves_or_somebody_deactivated(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    app.set_active(sally, false);
    let owner = app.sign_in(app.owner()).await;
    for user in [app.owner(), sally] {
        let refused = owner.post(&format!("{}/password-reset", page_of(user))).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1));
    }
    assert_eq!(app.count("password_resets"), 0);
}

async fn signs_in(app: &TestApp, user: UserId, password: &str) -> u16 {
    let email = app.email(user);
    app.visitor().post_form("/sign-in", &[("email", email.as_str()), ("password", password)]).await.status
}

async fn a_link_of_who_may_no_longer_decide_about_them_opens_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let (owner, manager) = (app.sign_in(app.owner()).await, app.sign_in(mia).await);
    let link = made_link(&app, &manager, sally).await;
    assert_eq!(app.visitor().get(&link).await.status, 200);
    let (owners, field) = (role(&app, Owner), role(&app, FieldEmployee));
    assert_eq!(owner.post_form(&page_of(sally), &[("role_id", &owners)]).await.status, 303);
    assert_eq!(app.visitor().get(&link).await.status, 404, "she may do more now than who made it");
    assert_eq!(app.visitor().post_form(&link, &[("password", NEW)]).await.status, 404);
    assert_eq!(signs_in(&app, sally, PASSWORD).await, 303, "nothing was changed");

    let sam = app.user("Sam Sales", SalesPerson);
    let link = made_link(&app, &manager, sam).await;
    assert_eq!(owner.post_form(&page_of(mia), &[("role_id", &field)]).await.status, 303);
    assert_eq!(app.visitor().get(&link).await.status, 404, "who made it manages nobody any more");
}

async fn who_guessed_too_often_signs_in_with_the_new_password(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    for _ in 0..10 {
        signs_in(&app, sally, "not this one at all").await;
    }
    assert_eq!(signs_in(&app, sally, PASSWORD).await, 429);
    let link = made_link(&app, &owner, sally).await;
    assert_eq!(app.visitor().post_form(&link, &[("password", NEW)]).await.status, 303);
    assert_eq!(signs_in(&app, sally, NEW).await, 303);
}

async fn dead_links_shut_nobody_with_a_good_one_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let link = made_link(&app, &owner, sally).await;
    let mut last = 404;
    for _ in 0..15 {
        last = app.visitor().get("/password-resets/nothing").await.status;
    }
    assert_eq!(last, 429, "guesses are slowed down");
    assert_eq!(app.visitor().get(&link).await.status, 200);
}
