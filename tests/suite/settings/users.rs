use crewline::domain::BuiltInRole::{BusinessManager, FieldEmployee, Owner, SalesPerson};

use crewline::store::users;

use super::{app_that_rings, audited, page_of, role};
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::stream::Stream;

const CLIENT: &str = "+13035550142";

for_both!(
    the_list_goes_on_by_name_and_finds_names_and_addresses,
    the_list_counts_positions_and_stops_counting_at_a_hundred,
    only_who_manages_users_finds_these_pages,
    a_changed_role_holds_at_once_and_ends_open_streams,
    what_is_absent_stays_and_what_is_not_understood_is_refused,
    nobody_decides_about_somebody_who_may_do_more,
    nobody_deactivates_themselves,
    who_gives_up_managing_users_is_led_to_the_start,
    deactivation_ends_session_stream_and_devices_at_once,
    the_page_of_a_user_names_only_what_whoever_looks_may_see,
);

async fn the_list_goes_on_by_name_and_finds_names_and_addresses(backend: Backend) {
    let app = TestApp::start(backend).await;
    for number in 0..64 {
        let (id, twin) = (app.user(&format!("Person {number}"), SalesPerson), format!("Twin {:02}", number / 2));
        app.write(|tx| Ok(users::set_name(tx, id, &twin)?));
    }
    let owner = app.sign_in(app.owner()).await;
    let mut seen = Vec::new();
    let mut next = Some("/settings/users".to_owned());
    while let Some(path) = next {
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200);
        let links = page.attributes("[aria-label=Users] li a", "href");
        assert!(!links.is_empty() && links.len() <= 30, "{path}: {}", links.len());
        seen.extend(links);
        next = page.attributes("a[rel=next]", "href").pop();
    }
    assert_eq!(seen.len(), 65);
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 65, "nobody twice, nobody missed");

    let sally = app.user("Sally Ångström", SalesPerson);
    for q in ["sally", "ANGSTROM", "ang%20sal", "sally.%C3%A5ngstr%C3%B6m%40crew"] {
        let found = owner.get(&format!("/settings/users?q={q}")).await;
        assert_eq!(found.attributes("[aria-label=Users] li a", "href"), [page_of(sally)], "{q}");
    }
    let nothing = owner.get("/settings/users?q=%25").await;
    assert!(nothing.attributes("[aria-label=Users] li a", "href").len() == 30, "no wildcard, no word: everybody");
    let nothing = owner.get("/settings/users?q=zzz").await;
    assert!(nothing.text().contains("Nobody found") && nothing.attributes("a[rel=next]", "href").is_empty());
    for odd in ["after=x", "after=99999", "after=-1", "q=%00", "q=%27"] {
        assert_eq!(owner.get(&format!("/settings/users?{odd}")).await.status, 200, "{odd}");
    }
}

async fn the_list_counts_positions_and_stops_counting_at_a_hundred(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (busy, fresh) = (app.user("Bea Busy", SalesPerson), app.user("Fran Fresh", SalesPerson));
    for number in 0..101 {
        app.client("Karen", &format!("+1303555{number:04}"), &[busy]);
    }
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get("/settings/users").await;
    let rows = page.texts("[aria-label=Users] li");
    let row = |name: &str| rows.iter().find(|row| row.contains(name)).expect("they are listed").clone();
    assert!(row("Bea Busy").contains("99+ positions") && row("Bea Busy").contains("Sales Person"));
    assert!(row("Fran Fresh").contains("No positions") && row("Fran Fresh").contains("not signed in"));
    assert!(row("Olivia Owner").contains("seen now") && row("Olivia Owner").contains("You"));
    assert!(owner.get(&page_of(busy)).await.text().contains("Positions on client records 99+"));
    assert!(owner.get(&page_of(fresh)).await.text().contains("Positions on client records None"));
}

async fn only_who_manages_users_finds_these_pages(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let (owner, sales, visitor) = (app.sign_in(app.owner()).await, app.sign_in(sally).await, app.visitor());
    let pages =
        ["/settings/users".to_owned(), page_of(sally), "/settings/invites".into(), "/settings/invites/new".into()];
    for page in &pages {
        assert_eq!(owner.get(page).await.status, 200, "{page}");
        assert_eq!(sales.get(page).await.status, 404, "{page}");
        assert_eq!(visitor.get(page).await.status, 303, "{page}");
    }
    let owners_page = page_of(app.owner());
    for (path, fields) in [
        (owners_page.clone(), vec![("active", "no")]),
        (page_of(sally), vec![("role_id", "1")]),
        (format!("{owners_page}/password-reset"), vec![]),
        ("/settings/invites".to_owned(), vec![("name", "N"), ("email", "n@crew.example"), ("role_id", "1")]),
        ("/settings/invites/1/renewal".to_owned(), vec![]),
        ("/settings/invites/1/removal".to_owned(), vec![]),
    ] {
        assert_eq!(sales.post_form(&path, &fields).await.status, 404, "{path}");
        assert_eq!(visitor.post_form(&path, &fields).await.status, 401, "{path}");
    }
    assert_eq!(app.count("users where active") + app.count("invites") + app.count("password_resets"), 2);
    for nobody in ["0", "-1", "99999", "x", "99999999999999999999"] {
        assert_eq!(owner.get(&format!("/settings/users/{nobody}")).await.status, 404, "{nobody}");
        let posted = owner.post_form(&format!("/settings/users/{nobody}"), &[("active", "no")]).await;
        assert_eq!(posted.status, 404, "{nobody}");
        assert_eq!(owner.post(&format!("/settings/users/{nobody}/password-reset")).await.status, 404, "{nobody}");
    }
}

async fn a_changed_role_holds_at_once_and_ends_open_streams(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let (manager, sales) = (app.sign_in(mia).await, app.sign_in(sally).await);
    assert_eq!(sales.get("/conversations").await.status, 200);
    let mut tab = Stream::of(&sales).await;

    let changed = manager.post_form(&page_of(sally), &[("role_id", &role(&app, FieldEmployee))]).await;
    assert_eq!((changed.status, changed.location), (303, Some(page_of(sally))));
    tab.until("event: permissions").await;
    tab.ends().await;
    assert_eq!(sales.get("/conversations").await.status, 404, "still signed in, with other eyes");
    assert!(!sales.get("/notifications").await.text().contains("SMS Conversations"));
    assert_eq!(manager.get(&page_of(sally)).await.texts("option[selected]")[0], "Field Employee");
    assert_eq!(audited(&app, "user.role_changed", mia), 1);
}

async fn what_is_absent_stays_and_what_is_not_understood_is_refused(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let (sales, field) = (role(&app, SalesPerson), role(&app, FieldEmployee));
    let is = |role: &str, active: bool| {
        let active = if active { "active" } else { "not active" };
        assert_eq!(app.count(&format!("users where id = {sally} and role_id = {role} and {active}")), 1);
    };
    for unchanged in [vec![], vec![("role_id", sales.as_str())], vec![("active", "yes")], vec![("name", "Mallory")]] {
        assert_eq!(owner.post_form(&page_of(sally), &unchanged).await.status, 303, "{unchanged:?}");
        is(&sales, true);
    }
    let changes = "audit_log where action in ('user.role_changed', 'user.activated', 'user.deactivated')";
    assert_eq!(app.count(changes), 0);
    let me = app.owner().to_string();
    let her = sally.to_string();
    for wrong in [
        vec![("role_id", "99999")],
        vec![("role_id", "x")],
        vec![("role_id", "")],
        vec![("active", "maybe")],
        vec![("active", "")],
        vec![("role_id", "99999"), ("active", "no")],
        vec![("active", "no"), ("hand_over", "sell")],
        vec![("active", "no"), ("hand_over", "to")],
        vec![("active", "no"), ("hand_over", "to"), ("hand_over_to", "99999")],
        vec![("active", "no"), ("hand_over", "to"), ("hand_over_to", &her)],
        vec![("hand_over", "to"), ("hand_over_to", &me)],
        vec![("hand_over", "remove")],
        vec![("role_id", &field), ("role_id", &sales)],
    ] {
        let refused = owner.post_form(&page_of(sally), &wrong).await;
        assert_eq!(refused.status, 422, "{wrong:?}");
        assert_eq!(refused.texts("[role=alert]").len(), 1, "{wrong:?}");
        is(&sales, true);
    }
    assert_eq!(app.count("jobs"), 0);
    let both = [("role_id", field.as_str()), ("active", "no")];
    assert_eq!(owner.post_form(&page_of(sally), &both).await.status, 303);
    is(&field, false);
    assert_eq!(owner.post_form(&page_of(sally), &[("active", "yes")]).await.status, 303);
    is(&field, true);
}

async fn nobody_decides_about_somebody_who_may_do_more(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let another = app.user("Oscar Owner", Owner);
    let manager = app.sign_in(mia).await;
    let owner_role = role(&app, Owner);
    assert_eq!(manager.post_form(&page_of(sally), &[("role_id", &role(&app, BusinessManager))]).await.status, 303);
    assert_eq!(manager.post_form(&page_of(sally), &[("role_id", &role(&app, SalesPerson))]).await.status, 303);

    let sales_role = role(&app, SalesPerson);
    for (user, field) in [
        (sally, ("role_id", owner_role.as_str())),
        (mia, ("role_id", &owner_role)),
        (another, ("role_id", &sales_role)),
        (another, ("role_id", &owner_role)),
        (another, ("active", "no")),
        (another, ("active", "yes")),
        (app.owner(), ("active", "no")),
    ] {
        let refused = manager.post_form(&page_of(user), &[field]).await;
        assert_eq!(refused.status, 403, "{user}: {field:?}");
        assert!(refused.texts("[role=alert]")[0].contains("more than they may do themselves"), "{}", refused.text());
    }
    let reset = manager.post(&format!("{}/password-reset", page_of(another))).await;
    assert_eq!(reset.status, 403);
    let fields = [("name", "Olaf"), ("email", "olaf@crew.example"), ("role_id", owner_role.as_str())];
    assert_eq!(manager.post_form("/settings/invites", &fields).await.status, 403);
    assert_eq!(app.count("password_resets") + app.count("invites"), 0);
    assert_eq!(app.count(&format!("users where role_id = {owner_role} and active")), 2);

    let page = manager.get(&page_of(another)).await;
    assert!(page.attributes("main form[method=post]", "action").is_empty(), "no form that would be refused");
    let offered = manager.get(&page_of(sally)).await.texts("select[name=role_id] option");
    assert!(offered.contains(&"Business Manager".to_owned()) && !offered.contains(&"Owner".to_owned()), "{offered:?}");
    assert!(!manager.get("/settings/invites/new").await.texts("option").contains(&"Owner".to_owned()));
}

async fn nobody_deactivates_themselves(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, _) = (app.user("Mia Manager", BusinessManager), app.user("Oscar Owner", Owner));
    for user in [mia, app.owner()] {
        let actor = app.sign_in(user).await;
        let refused = actor.post_form(&page_of(user), &[("active", "no")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.texts("[role=alert]")[0].contains("another admin"));
        assert_eq!(actor.get(&page_of(user)).await.status, 200, "still here");
    }
}

async fn who_gives_up_managing_users_is_led_to_the_start(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mia = app.user("Mia Manager", BusinessManager);
    let manager = app.sign_in(mia).await;
    let demoted = manager.post_form(&page_of(mia), &[("role_id", &role(&app, SalesPerson))]).await;
    assert_eq!((demoted.status, demoted.location.as_deref()), (303, Some("/")));
    assert_eq!(manager.get("/settings/users").await.status, 404);
}

async fn deactivation_ends_session_stream_and_devices_at_once(backend: Backend) {
    let (app, pushes) = app_that_rings(backend).await;
    let mia = app.user("Mia Manager", BusinessManager);
    let (owner, manager) = (app.sign_in(app.owner()).await, app.sign_in(mia).await);
    let phone = pushes.subscribe("phone");
    assert_eq!(manager.post_json("/push/subscriptions", &phone.to_json()).await.status, 201);
    let mut tab = Stream::of(&manager).await;
    app.text_in(CLIENT, "while she is here").await;
    app.drain().await;
    assert_eq!(pushes.messages_to(&phone).await.len(), 1);
    app.text_in(CLIENT, "queued").await;
    assert!(app.count("jobs where kind = 'push'") > 0, "a push waits");

    let gone = owner.post_form(&page_of(mia), &[("active", "no")]).await;
    assert_eq!((gone.status, gone.location), (303, Some(page_of(mia))));
    tab.ends().await;
    assert_eq!(manager.get("/conversations").await.status, 303, "led to the sign-in");
    assert_eq!(app.count(&format!("sessions where user_id = {mia}")), 0);
    assert_eq!(app.count(&format!("push_subscriptions where user_id = {mia}")), 0);
    app.drain().await;
    assert_eq!(pushes.messages_to(&phone).await.len(), 1, "not even what was queued");
    assert!(owner.get("/settings/users").await.text().contains("Mia Manager Deactivated"));
    assert_eq!(audited(&app, "user.deactivated", app.owner()), 1);

    assert_eq!(owner.post_form(&page_of(mia), &[("active", "yes")]).await.status, 303);
    assert_eq!(app.sign_in(mia).await.get("/conversations").await.status, 200);
    assert_eq!(audited(&app, "user.activated", app.owner()), 1);
}

async fn the_page_of_a_user_names_only_what_whoever_looks_may_see(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let may = crewline::domain::Permissions { manage_users: true, ..crewline::domain::Permissions::NOTHING };
    let clerk = app.user_with("Clara Clerk", may);
    app.client("Karen", CLIENT, &[sally]);
    let id = app.text_in(CLIENT, "Hi").await;
    app.assign(id, sally);
    let owners_view = app.sign_in(app.owner()).await.get(&page_of(sally)).await;
    assert!(owners_view.attributes("main a", "href").contains(&format!("/conversations/{id}")));
    assert!(owners_view.text().contains("Karen Client"));
    let clerks_view = app.sign_in(clerk).await.get(&page_of(sally)).await;
    assert_eq!(clerks_view.status, 200);
    assert!(!clerks_view.text().contains("Karen") && !clerks_view.body.contains("/conversations/"));
    assert!(clerks_view.text().contains("Conversations assigned 1"), "{}", clerks_view.text());
}
