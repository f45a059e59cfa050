use crewline::domain::{ClientAccess, ClientId, ClientScope, Permissions, SmsAccess, UserId};

use super::{address, position, rows};
use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(
    scope_and_access_decide_every_answer,
    a_list_a_search_and_a_filter_hold_what_is_in_scope_and_nothing_else,
    a_changed_role_holds_from_the_next_request,
    without_a_session_pages_lead_to_the_sign_in_and_nothing_else_happens,
);

/// list · open mine, other · edit mine, other · create mine, nobody's · delete mine, other
const ANSWERS: [(ClientScope, ClientAccess, [u16; 9]); 15] = {
    use ClientAccess as May;
    use ClientScope as Scope;
    [
        (Scope::All, May::None, [404; 9]),
        (Scope::All, May::Read, [200, 200, 200, 403, 403, 403, 403, 403, 403]),
        (Scope::All, May::Edit, [200, 200, 200, 303, 303, 403, 403, 403, 403]),
        (Scope::All, May::Create, [200, 200, 200, 303, 303, 303, 303, 403, 403]),
        (Scope::All, May::Delete, [200, 200, 200, 303, 303, 303, 303, 303, 303]),
        (Scope::Assigned, May::None, [404; 9]),
        (Scope::Assigned, May::Read, [200, 200, 404, 403, 404, 403, 403, 403, 404]),
        (Scope::Assigned, May::Edit, [200, 200, 404, 303, 404, 403, 403, 403, 404]),
        (Scope::Assigned, May::Create, [200, 200, 404, 303, 404, 303, 422, 403, 404]),
        (Scope::Assigned, May::Delete, [200, 200, 404, 303, 404, 303, 422, 303, 404]),
        (Scope::None, May::None, [404; 9]),
        (Scope::None, May::Read, [404; 9]),
        (Scope::None, May::Edit, [404; 9]),
        (Scope::None, May::Create, [404; 9]),
        (Scope::None, May::Delete, [404; 9]),
    ]
};

fn may(client_scope: ClientScope, client_access: ClientAccess) -> Permissions {
    Permissions { client_scope, client_access, ..Permissions::NOTHING }
}

async fn scope_and_access_decide_every_answer(backend: Backend) {
    let app = TestApp::start(backend).await;
    let first = position(&app, 0);
    for (scope, access, expected) in ANSWERS {
        let me = app.user_with(&format!("{scope} {access}"), may(scope, access));
        let actor = app.sign_in(me).await;
        let mine = app.client("Mine", "+13035550101", &[me]);
        let other = app.client("Other", "+13035550102", &[app.owner()]);
        let answers = [
            actor.get("/clients").await.status,
            actor.get(&address(mine)).await.status,
            actor.get(&address(other)).await.status,
            edit(&app, &actor, mine).await,
            edit(&app, &actor, other).await,
            create(&app, &actor, &format!("position_{first}"), me).await,
            create(&app, &actor, "nothing", me).await,
            delete(&app, &actor, mine).await,
            delete(&app, &actor, other).await,
        ];
        assert_eq!(answers, expected, "scope {scope}, access {access}");
        let menu = actor.get("/notifications").await.texts("nav a");
        assert_eq!(menu.iter().any(|entry| entry.starts_with("Clients")), answers[0] == 200, "{menu:?}");
    }
}

/// All that changes a record answers alike, and only a success changes it.
async fn edit(app: &TestApp, actor: &Actor, id: ClientId) -> u16 {
    let before = app.count(&format!("client_activity where client_id = {id}"));
    let answer = actor.post_form(&address(id), &[("notes", "Rings twice")]).await.status;
    let (demo, crew) = (super::status(app, "Demo"), position(app, 2).to_string());
    let status = actor.post_form(&format!("/clients/{id}/lead-status"), &[("lead_status_id", &demo)]).await.status;
    let held = [("position_id", crew.as_str()), ("user_id", &app.owner().to_string())].map(|(n, v)| (n, v.to_owned()));
    let held: Vec<(&str, &str)> = held.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let positions = actor.post_form(&format!("/clients/{id}/positions"), &held).await.status;
    assert_eq!([status, positions], [answer; 2]);
    let form = actor.get(&format!("/clients/{id}/edit")).await.status;
    assert_eq!(form, if answer == 303 { 200 } else { answer });
    let lines = app.count(&format!("client_activity where client_id = {id}")) - before;
    assert_eq!(lines, if answer == 303 { 3 } else { 0 });
    answer
}

async fn create(app: &TestApp, actor: &Actor, position: &str, me: UserId) -> u16 {
    let before = app.count("clients");
    let answer = actor.post_form("/clients", &[("first_name", "New"), (position, &me.to_string())]).await.status;
    assert_eq!(app.count("clients") - before, i64::from(answer == 303));
    let form = actor.get("/clients/new").await.status;
    assert_eq!(form, if matches!(answer, 303 | 422) { 200 } else { answer });
    answer
}

async fn delete(app: &TestApp, actor: &Actor, id: ClientId) -> u16 {
    let answer = actor.post(&format!("/clients/{id}/removal")).await.status;
    assert_eq!(app.count(&format!("clients where id = {id}")) == 0, answer == 303);
    answer
}

async fn a_list_a_search_and_a_filter_hold_what_is_in_scope_and_nothing_else(backend: Backend) {
    let app = TestApp::start(backend).await;
    let colleague = app.user_with("Colin Colleague", may(ClientScope::All, ClientAccess::Read));
    let me = app.user_with("Ann Assigned", may(ClientScope::Assigned, ClientAccess::Read));
    let mine = app.client("Maria", "+13035550101", &[me]);
    let both = app.client("Bella", "+13035550102", &[me, colleague]);
    let theirs = app.client("Zed", "+13035550103", &[colleague]);
    let all = app.sign_in(colleague).await;
    let only = app.sign_in(me).await;
    for (query, everything, in_scope) in [
        ("".to_owned(), vec![theirs, both, mine], vec![both, mine]),
        ("q=client".to_owned(), vec![theirs, both, mine], vec![both, mine]),
        ("q=Zed".to_owned(), vec![theirs], vec![]),
        ("q=5550103".to_owned(), vec![theirs], vec![]),
        (format!("holder={colleague}"), vec![theirs, both], vec![both]),
        (format!("holder={me}"), vec![both, mine], vec![both, mine]),
        (format!("holder={colleague}&q=client"), vec![theirs, both], vec![both]),
        (format!("status={}", super::status(&app, "Lead Received")), vec![theirs, both, mine], vec![both, mine]),
        ("filter=mine".to_owned(), vec![theirs, both], vec![both, mine]),
    ] {
        assert_eq!(rows(&all.get(&format!("/clients?{query}")).await), everything, "all: {query}");
        let list = only.get(&format!("/clients?{query}")).await;
        assert_eq!(rows(&list), in_scope, "assigned: {query}");
        let shown = list.texts("[aria-label=Clients] ol").concat();
        assert!(!shown.contains("Zed"), "{query}: {shown}");
    }
    // Nor is a stranger's record told of when somebody like them is entered
    app.set_permissions(me, may(ClientScope::Assigned, ClientAccess::Create));
    let form = [("first_name", "Zoe"), ("phone_1", "+13035550103"), ("check", "yes")];
    let answered = only.post_form("/clients", &form).await;
    assert!(!answered.body.contains("Zed"), "{}", answered.text());
}

async fn a_changed_role_holds_from_the_next_request(backend: Backend) {
    let app = TestApp::start(backend).await;
    let rita = app.user_with("Rita Roles", may(ClientScope::All, ClientAccess::Delete));
    let client = app.client("Maria", "+13035550101", &[]);
    let actor = app.sign_in(rita).await;
    for (scope, access, open, edit) in [
        (ClientScope::All, ClientAccess::Delete, 200, 303),
        (ClientScope::All, ClientAccess::Read, 200, 403),
        (ClientScope::Assigned, ClientAccess::Delete, 404, 404),
        (ClientScope::None, ClientAccess::Delete, 404, 404),
        (ClientScope::All, ClientAccess::None, 404, 404),
    ] {
        app.set_permissions(rita, may(scope, access));
        let opened = actor.get(&address(client)).await;
        let edited = actor.post_form(&address(client), &[("company", &format!("{scope} {access}"))]).await;
        assert_eq!((opened.status, edited.status), (open, edit), "{scope} {access}");
        let offers_edit = opened.attributes("main a", "href").contains(&format!("/clients/{client}/edit"));
        assert_eq!(offers_edit, edit == 303, "{scope} {access}");
    }
    assert_eq!(app.count("clients where company = 'all delete'"), 1, "only the first was allowed");
    // The door to the texts shows only with SMS access
    for access in [SmsAccess::None, SmsAccess::Read] {
        app.set_permissions(rita, Permissions { sms_access: access, ..may(ClientScope::All, ClientAccess::Read) });
        let tabs = actor.get(&address(client)).await.attributes("nav[aria-label='Client record'] a", "href");
        assert_eq!(tabs.contains(&format!("/clients/{client}/sms")), access == SmsAccess::Read);
    }
}

async fn without_a_session_pages_lead_to_the_sign_in_and_nothing_else_happens(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let visitor = app.visitor();
    for page in ["/clients".to_owned(), "/clients/new".into(), address(id), format!("/clients/{id}/edit")] {
        let answered = visitor.get(&page).await;
        assert_eq!(answered.status, 303, "{page}");
        assert!(answered.location.is_some_and(|place| place.starts_with("/sign-in?next=%2Fclients")), "{page}");
    }
    let verbs = ["", "/lead-status", "/positions", "/removal"].map(|verb| format!("/clients/{id}{verb}"));
    for address in verbs.iter().map(String::as_str).chain(["/clients"]) {
        assert_eq!(visitor.post_form(address, &[("first_name", "Eve")]).await.status, 401, "{address}");
    }
    assert_eq!(app.count("clients where first_name = 'Maria'"), 1);
}
