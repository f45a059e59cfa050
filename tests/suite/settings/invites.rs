use chrono::Duration;
use crewline::domain::BuiltInRole::{BusinessManager, FieldEmployee, Owner, SalesPerson};

use super::{audited, link_on, page_of, role};
use crate::support::app::{Actor, Answered, Backend, PASSWORD, TestApp, for_both};

for_both!(
    an_invite_lets_somebody_in_once_and_signs_them_in,
    an_invite_is_over_after_a_week_and_can_be_renewed,
    a_withdrawn_invite_opens_nothing,
    an_address_that_is_here_or_invited_already_is_refused,
    what_is_missing_is_asked_for_and_what_was_typed_is_kept,
    an_invite_into_a_role_that_may_do_more_is_out_of_reach,
    many_invites_go_on_on_a_page_of_their_own,
    an_invite_stands_only_while_its_maker_may_still_give_that_role,
    an_invite_opened_in_a_signed_in_browser_changes_who_is_there,
);

async fn invite(app: &TestApp, admin: &Actor, name: &str, email: &str) -> Answered {
    let role = role(app, SalesPerson);
    admin.post_form("/settings/invites", &[("name", name), ("email", email), ("role_id", &role)]).await
}

async fn an_invite_lets_somebody_in_once_and_signs_them_in(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mia = app.user("Mia Manager", BusinessManager);
    let manager = app.sign_in(mia).await;
    let link = link_on(&app, &invite(&app, &manager, " Nina New ", " Nina@Crew.Example").await);
    let secret = link.strip_prefix("/invites/").expect("an address of ours");
    assert!(secret.len() >= 43, "{secret}");
    assert_eq!(app.count(&format!("invites where token_hash = '{secret}'")), 0, "only a hash is kept");
    assert_eq!(app.count(&format!("audit_log where detail like '%{secret}%' or subject like '%{secret}%'")), 0);
    let list = manager.get("/settings/users").await;
    assert!(list.text().contains("Nina New nina@crew.example · Sales Person Link expires"), "{}", list.text());
    assert!(!list.body.contains(secret), "it is shown once");

    let visitor = app.visitor();
    let page = visitor.get(&link).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert!(page.text().contains("Welcome, Nina New") && page.text().contains("Sales Person"));
    let weak = visitor.post_form(&link, &[("password", "nina@crew.example")]).await;
    assert_eq!((weak.status, weak.texts("[role=alert]").len()), (422, 1));
    assert_eq!(visitor.post(&link).await.status, 422, "no password at all");
    assert_eq!((app.count("users"), visitor.cookie()), (2, None));

    let accepted =
        visitor.post_form(&link, &[("password", PASSWORD), ("role_id", "1"), ("email", "x@y.example")]).await;
    assert_eq!((accepted.status, accepted.location.as_deref()), (303, Some("/")));
    assert_eq!(visitor.get("/conversations").await.status, 200, "signed in");
    let nina = app.user_named("Nina New");
    assert_eq!(app.email(nina), "nina@crew.example");
    let sales = role(&app, SalesPerson);
    assert_eq!(app.count(&format!("users where id = {nina} and role_id = {sales}")), 1);
    assert_eq!(app.count("invites"), 0);
    assert_eq!((audited(&app, "invite.made", mia), audited(&app, "invite.accepted", nina)), (1, 1));
    let log = app.sign_in(app.owner()).await.get("/settings/audit?action=invite.accepted").await;
    let line = &log.texts("[data-audit-id]")[0];
    let words = "Nina New accepted an invitation and joined as Sales Person, invited by Mia Manager";
    assert!(line.starts_with(words), "{line}");

    assert_eq!(app.visitor().get(&link).await.status, 404, "once only");
    assert_eq!(app.visitor().post_form(&link, &[("password", PASSWORD)]).await.status, 404);
    assert_eq!(app.count("users"), 3);
    assert!(app.sign_in(nina).await.get("/settings/users").await.status == 404);
}

async fn an_invite_is_over_after_a_week_and_can_be_renewed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let first = link_on(&app, &invite(&app, &owner, "Nina New", "nina@crew.example").await);
    app.advance(Duration::days(7) - Duration::seconds(1));
    assert_eq!(app.visitor().get(&first).await.status, 200);
    app.advance(Duration::seconds(1));
    assert_eq!(app.visitor().get(&first).await.status, 404);
    assert_eq!(app.visitor().post_form(&first, &[("password", PASSWORD)]).await.status, 404);
    assert_eq!(app.count("users"), 1);
    let list = owner.get("/settings/users").await;
    assert!(list.text().contains("Expired"), "{}", list.text());

    let renewal = list.attributes("form[action$=renewal]", "action").concat();
    let second = link_on(&app, &owner.post(&renewal).await);
    assert_ne!(first, second);
    assert_eq!(app.visitor().get(&first).await.status, 404);
    assert_eq!(app.visitor().post_form(&second, &[("password", PASSWORD)]).await.status, 303);
    assert_eq!(audited(&app, "invite.renewed", app.owner()), 1);
    assert_eq!(owner.post(&renewal).await.status, 404, "it is gone");
}

async fn a_withdrawn_invite_opens_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let link = link_on(&app, &invite(&app, &owner, "Nina New", "nina@crew.example").await);
    let removal = owner.get("/settings/users").await.attributes("form[action$=removal]", "action").concat();
    assert_eq!(owner.post(&removal).await.location.as_deref(), Some("/settings/users"));
    assert_eq!(app.visitor().get(&link).await.status, 404);
    assert_eq!(app.visitor().post_form(&link, &[("password", PASSWORD)]).await.status, 404);
    assert_eq!(audited(&app, "invite.withdrawn", app.owner()), 1);
    assert_eq!(owner.post(&removal).await.status, 404);
    assert_eq!((app.count("users"), app.count("invites")), (1, 0));
}

async fn an_address_that_is_here_or_invited_already_is_refused(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let here = invite(&app, &owner, "Olivia Again", "OWNER@crew.example ").await;
    assert_eq!(here.status, 422);
    assert!(here.texts("[role=alert]")[0].contains("is here already"));
    assert_eq!(app.count("invites"), 0);
    let link = link_on(&app, &invite(&app, &owner, "Nina New", "nina.new@crew.example").await);
    let twice = invite(&app, &owner, "Nina Again", "Nina.New@crew.example").await;
    assert_eq!(twice.status, 422);
    assert!(twice.texts("[role=alert]")[0].contains("invited already"));
    assert_eq!(app.count("invites"), 1);

    app.user("Nina New", SalesPerson);
    let late = app.visitor().post_form(&link, &[("password", PASSWORD)]).await;
    assert_eq!(late.status, 422, "somebody added her on the command line");
    assert!(late.texts("[role=alert]")[0].contains("is here already"));
    assert_eq!(app.count("users"), 2);
}

async fn what_is_missing_is_asked_for_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let sales = role(&app, SalesPerson);
    let long = "x".repeat(121);
    for (name, email, role_id) in [
        ("", "nina@crew.example", sales.as_str()),
        ("Nina", "", &sales),
        ("Nina", "nina", &sales),
        ("Nina", "ni na@crew.example", &sales),
        ("Nina", "nina@crew.example", ""),
        ("Nina", "nina@crew.example", "99999"),
        (&long, "nina@crew.example", &sales),
    ] {
        let fields = [("name", name), ("email", email), ("role_id", role_id)];
        let refused = owner.post_form("/settings/invites", &fields).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1), "{fields:?}");
        assert_eq!(refused.attributes("input[name=name]", "value"), [name]);
        assert_eq!(refused.attributes("input[name=email]", "value"), [email]);
    }
    assert_eq!(owner.post("/settings/invites").await.status, 422, "no field at all");
    assert_eq!(app.count("invites"), 0);
}

async fn an_invite_into_a_role_that_may_do_more_is_out_of_reach(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let manager = app.sign_in(app.user("Mia Manager", BusinessManager)).await;
    let fields = [("name", "Olaf"), ("email", "olaf@crew.example"), ("role_id", &role(&app, Owner))];
    let link = link_on(&app, &owner.post_form("/settings/invites", &fields).await);
    let list = manager.get("/settings/users").await;
    assert!(list.text().contains("Olaf") && list.attributes("form[action$=renewal]", "action").is_empty());
    let id = app.number_in("invites", "id");
    assert_eq!(manager.post(&format!("/settings/invites/{id}/renewal")).await.status, 403);
    assert_eq!(manager.post(&format!("/settings/invites/{id}/removal")).await.status, 403);
    assert_eq!(app.visitor().get(&link).await.status, 200, "nothing happened to it");
}

async fn many_invites_go_on_on_a_page_of_their_own(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for number in 0..33 {
        let made = invite(&app, &owner, &format!("Nina {number}"), &format!("nina{number}@crew.example")).await;
        assert_eq!(made.status, 200);
    }
    let users = owner.get("/settings/users").await;
    assert_eq!(users.attributes("form[action$=renewal]", "action").len(), 10);
    assert!(users.attributes("main a", "href").contains(&"/settings/invites".to_owned()));
    let first = owner.get("/settings/invites").await;
    assert_eq!(first.attributes("form[action$=renewal]", "action").len(), 30);
    let next = first.attributes("a[rel=next]", "href").concat();
    let rest = owner.get(&next).await;
    assert_eq!(rest.attributes("form[action$=renewal]", "action").len(), 3);
    assert!(rest.attributes("a[rel=next]", "href").is_empty());
}

async fn an_invite_opened_in_a_signed_in_browser_changes_who_is_there(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let link = link_on(&app, &invite(&app, &owner, "Nina New", "nina@crew.example").await);
    let before = owner.cookie().expect("signed in");
    assert_eq!(owner.post_form(&link, &[("password", PASSWORD)]).await.status, 303);
    assert!(owner.get("/notifications").await.text().contains("Nina New"));
    let kept = Actor::with_cookie(app.url(), &before);
    assert_eq!(kept.get("/notifications").await.status, 303, "the session from before is over");
}

async fn an_invite_stands_only_while_its_maker_may_still_give_that_role(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mia = app.user("Mia Manager", BusinessManager);
    let (owner, manager) = (app.sign_in(app.owner()).await, app.sign_in(mia).await);
    let link = link_on(&app, &invite(&app, &manager, "Nina New", "nina@crew.example").await);
    assert_eq!(app.visitor().get(&link).await.status, 200);
    let (field, business) = (role(&app, FieldEmployee), role(&app, BusinessManager));
    assert_eq!(owner.post_form(&page_of(mia), &[("role_id", &field)]).await.status, 303);
    assert_eq!(app.visitor().get(&link).await.status, 404, "who was demoted lets nobody in");
    assert_eq!(app.visitor().post_form(&link, &[("password", PASSWORD)]).await.status, 404);
    assert_eq!(app.count("users where name = 'Nina New'"), 0);

    assert_eq!(owner.post_form(&page_of(mia), &[("role_id", &business)]).await.status, 303);
    assert_eq!(app.visitor().get(&link).await.status, 200);
    let sales = role(&app, SalesPerson);
    let more = [("see_audit", "yes"), ("confirm", "yes")];
    assert_eq!(owner.post_form(&format!("/settings/roles/{sales}"), &more).await.status, 303);
    assert_eq!(app.visitor().get(&link).await.status, 404, "the role may do more now than who gives it");
}
