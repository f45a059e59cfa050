//! The list of roles, the editor, and who may change what.

use std::time::{Duration, Instant};

use crewline::domain::{BuiltInRole, Permission, Permissions, SmsDashboard};
use crewline::store::roles;
use reqwest::Method;

use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};
use crate::support::rows;

for_both!(
    the_list_names_every_role_what_it_permits_and_how_many_have_it,
    a_new_role_permits_nothing_or_what_its_model_permits,
    a_name_is_needed_short_and_nobody_elses,
    a_preview_saves_nothing_and_carries_what_was_chosen,
    confirming_saves_what_was_sent_and_leaves_the_rest_as_it_is,
    an_unknown_word_is_refused_and_the_rest_is_kept,
    what_somebody_else_changed_meanwhile_is_not_overwritten,
    roles_are_there_for_who_manages_them_only,
    a_saved_role_reaches_open_tabs_within_a_second,
    permissions_that_contradict_each_other_are_warned_of_before_and_after_saving,
);

pub(super) fn address(role: i64) -> String {
    format!("/settings/roles/{role}")
}

pub(super) fn stored(app: &TestApp, role: i64) -> roles::Role {
    app.read(|c| roles::find(c, role)).expect("it is there")
}

pub(super) fn alert(answered: &Answered) -> String {
    answered.texts("[role=alert]").join(" ")
}

async fn the_list_names_every_role_what_it_permits_and_how_many_have_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.user("Michael Scott", BuiltInRole::SalesPerson);
    app.user("Priya Raman", BuiltInRole::SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let list = owner.get("/settings/roles").await;
    assert_eq!(list.status, 200);
    let rows = list.texts("[aria-label=Roles] > li");
    assert_eq!(rows.len(), 5);
    let sales = rows.iter().find(|row| row.starts_with("Sales Person")).expect("it is listed");
    for words in ["Built in", "2 people", "Dashboard: Only assigned conversations", "SMS: Create", "May assign"] {
        assert!(sales.contains(words), "{words}: {sales}");
    }
    assert!(rows.iter().any(|row| row.starts_with("Field Employee") && row.contains("Nobody")));
    let link = address(app.role_named("Sales Person"));
    assert!(list.attributes("[aria-label=Roles] a", "href").contains(&link));

    let editor = owner.get(&link).await;
    assert_eq!(editor.status, 200);
    let holders = editor.texts("[aria-labelledby=who-has-it] li").join(" ");
    assert!(holders.contains("Michael Scott") && holders.contains("Priya Raman"), "{holders}");
    assert_eq!(editor.attributes("input[name=sms_dashboard][checked]", "value"), ["assigned"]);
    assert_eq!(editor.texts("fieldset legend"), Permission::ALL.iter().map(|one| one.label()).collect::<Vec<_>>());

    for number in 0..30 {
        app.role(&format!("Crew {number}"), Permissions::NOTHING);
    }
    let list = owner.get("/settings/roles").await;
    assert_eq!(list.texts("[aria-label=Roles] > li").len(), 30);
    let next = list.attributes("a[rel=next]", "href");
    let rest = owner.get(&next[0]).await;
    assert_eq!(rest.texts("[aria-label=Roles] > li").len(), 5);
    assert!(rest.attributes("a[rel=next]", "href").is_empty());
}

async fn a_new_role_permits_nothing_or_what_its_model_permits(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let model = app.role_named("Sales Person");
    for (name, copy_of, may) in [
        ("Storm crew", String::new(), Permissions::NOTHING),
        ("Inside sales", model.to_string(), BuiltInRole::SalesPerson.permissions()),
    ] {
        let created = owner.post_form("/settings/roles", &[("name", name), ("copy_of", &copy_of)]).await;
        let id = app.role_named(name);
        assert_eq!((created.status, created.location), (303, Some(address(id))));
        let role = stored(&app, id);
        assert_eq!((role.may, role.built_in), (may, None));
    }
    let without = owner.post_form("/settings/roles", &[("name", "Bare")]).await;
    assert_eq!(without.status, 303, "copy_of may be absent");
    let unknown = owner.post_form("/settings/roles", &[("name", "Lost"), ("copy_of", "999999")]).await;
    assert_eq!(unknown.status, 422);
    assert!(alert(&unknown).contains("is gone"));
    assert_eq!(app.count("roles"), 8);
    assert_eq!(app.count("audit_log where action = 'role.created'"), 3);
}

async fn a_name_is_needed_short_and_nobody_elses(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let long = "x".repeat(61);
    let (before, role) = (app.count("roles"), app.role_named("Field Employee"));
    for (name, why) in [
        ("", "Enter a name"),
        ("   ", "Enter a name"),
        (long.as_str(), "at most 60 characters"),
        ("Owner", "with that name already"),
        (" sales  PERSON ", "with that name already"),
    ] {
        let refused = owner.post_form("/settings/roles", &[("name", name)]).await;
        assert_eq!(refused.status, 422, "{name:?}");
        assert!(alert(&refused).contains(why), "{name:?}: {}", alert(&refused));
        assert_eq!(refused.attributes("form input[name=name]", "value"), [name], "it is kept");
        let renamed = owner.post_form(&address(role), &[("name", name), ("confirm", "yes")]).await;
        assert_eq!(renamed.status, 422, "{name:?}");
        assert!(alert(&renamed).contains(why), "{name:?}: {}", alert(&renamed));
    }
    assert_eq!(app.count("roles"), before);
    assert_eq!(stored(&app, role).name, "Field Employee");
    let own = owner.post_form(&address(role), &[("name", "field employee"), ("confirm", "yes")]).await;
    assert_eq!(own.status, 303, "its own name is free");
    assert_eq!(owner.post_form("/settings/roles", &[("name", &long[..60])]).await.status, 303);
}

async fn a_preview_saves_nothing_and_carries_what_was_chosen(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.user("Michael Scott", BuiltInRole::SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let role = app.role_named("Sales Person");
    let before = stored(&app, role);
    let fields = [("sms_dashboard", "none"), ("may_assign", "no"), ("name", "Sellers")];
    let preview = owner.post_form(&address(role), &fields).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text().contains("Nothing is saved yet"));
    assert_eq!(
        preview.texts("[aria-labelledby=what-changes] dl > div"),
        [
            "Name Sales Person becomes Sellers",
            "SMS Conversations dashboard Only assigned conversations becomes No access",
            "May assign conversations Yes becomes No",
        ]
    );
    let everybody = preview.texts("[aria-labelledby=everybody]").join(" ");
    for words in [
        "1 person",
        "They would have no dashboard",
        "No text would notify them",
        "Goes from the menu: SMS Conversations.",
    ] {
        assert!(everybody.contains(words), "{words}: {everybody}");
    }
    let now = stored(&app, role);
    assert_eq!((now.name, now.may), (before.name, before.may));
    assert_eq!(app.count("audit_log where action like 'role%'"), 0);

    let sent: Vec<(String, String)> = carried(&preview);
    let with = |extra: (&'static str, &'static str)| -> Vec<(String, String)> {
        sent.iter().cloned().chain([(extra.0.to_owned(), extra.1.to_owned())]).collect()
    };
    let back = post(&owner, &address(role), &with(("edit", "yes"))).await;
    assert_eq!(back.status, 200);
    assert_eq!(back.attributes("input[name=sms_dashboard][checked]", "value"), ["none"]);
    assert_eq!(back.attributes("input[name=may_assign][checked]", "value"), ["no"]);
    assert_eq!(back.attributes("input[name=name]", "value"), ["Sellers"]);
    assert_eq!(stored(&app, role).name, "Sales Person", "editing on saves nothing");

    let saved = post(&owner, &address(role), &with(("confirm", "yes"))).await;
    assert_eq!((saved.status, saved.location), (303, Some(address(role))));
    let now = stored(&app, role);
    assert_eq!(now.name, "Sellers");
    assert_eq!(now.may, Permissions { sms_dashboard: SmsDashboard::None, may_assign: false, ..before.may });

    let again = owner.post_form(&address(role), &fields).await;
    assert!(again.text().contains("Nothing would change"));
    assert!(again.texts("button").iter().all(|words| words != "Save"));
}

/// The hidden fields of a page's form.
fn carried(page: &Answered) -> Vec<(String, String)> {
    let names = page.attributes("main form input[type=hidden]", "name");
    names.into_iter().zip(page.attributes("main form input[type=hidden]", "value")).collect()
}

async fn post(actor: &Actor, path: &str, fields: &[(String, String)]) -> Answered {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.post_form(path, &fields).await
}

async fn confirming_saves_what_was_sent_and_leaves_the_rest_as_it_is(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let role = app.role_named("Project Manager");
    let mut expected = stored(&app, role).may;
    for permission in Permission::ALL {
        for word in permission.words() {
            let fields = [(permission.as_str(), word), ("confirm", "yes")];
            assert_eq!(owner.post_form(&address(role), &fields).await.status, 303, "{permission}={word}");
            permission.set(&mut expected, word).expect("one of its words");
            assert_eq!(stored(&app, role).may, expected, "{permission}={word}");
        }
    }
    let said =
        app.read(|c| rows::lines(c, "select detail as line from audit_log where action = 'role.updated' order by id"));
    assert_eq!(said[0], "Project Manager. SMS Conversations dashboard: assigned → all");
    let entry = format!("audit_log where subject = 'role {role}' and actor_user_id = {}", app.owner());
    let entries = app.count(&entry);
    assert!(entries > 10 && app.count(&format!("{entry} and address <> ''")) == entries);
    let nothing = owner.post_form(&address(role), &[("confirm", "yes")]).await;
    assert_eq!(nothing.status, 303);
    assert_eq!(app.count(&entry), entries, "nothing changed, so nothing is written down");
    let foreign = [("built_in", "owner"), ("id", "1"), ("confirm", "yes")];
    assert_eq!(owner.post_form(&address(role), &foreign).await.status, 303);
    assert_eq!(stored(&app, role).built_in, Some(BuiltInRole::ProjectManager));
}

async fn an_unknown_word_is_refused_and_the_rest_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let role = app.role_named("Sales Person");
    let before = stored(&app, role).may;
    for permission in Permission::ALL {
        for confirm in ["yes", "no"] {
            let fields = [("name", "Kept <name>"), (permission.as_str(), "everything"), ("confirm", confirm)];
            let refused = owner.post_form(&address(role), &fields).await;
            assert_eq!(refused.status, 422, "{permission}");
            let alert = alert(&refused);
            assert!(alert.contains(permission.label()) && alert.contains("everything"), "{permission}: {alert}");
            assert_eq!(refused.attributes("input[name=name]", "value"), ["Kept <name>"]);
        }
    }
    let kept = [("sms_access", "read"), ("client_scope", "some")];
    let refused = owner.post_form(&address(role), &kept).await;
    assert_eq!(refused.attributes("input[name=sms_access][checked]", "value"), ["read"]);
    assert_eq!(stored(&app, role).may, before);
}

async fn what_somebody_else_changed_meanwhile_is_not_overwritten(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (one, other) = (app.sign_in(app.owner()).await, app.sign_in(app.owner()).await);
    let role = app.role_named("Sales Person");
    let preview = one.post_form(&address(role), &[("sms_access", "read")]).await;
    let mut chosen = carried(&preview);
    chosen.push(("confirm".to_owned(), "yes".to_owned()));
    let quicker = other.post_form(&address(role), &[("see_reports", "yes"), ("confirm", "yes")]).await;
    assert_eq!(quicker.status, 303);
    let refused = post(&one, &address(role), &chosen).await;
    assert_eq!(refused.status, 422);
    assert_eq!(alert(&refused), "Somebody else changed this role meanwhile; nothing was saved.");
    assert_eq!(refused.attributes("input[name=see_reports][checked]", "value"), ["yes"], "the new state is shown");
    assert_eq!(refused.attributes("input[name=sms_access][checked]", "value"), ["create"]);
    let now = stored(&app, role);
    assert_eq!(now.may, Permissions { see_reports: true, ..BuiltInRole::SalesPerson.permissions() });

    let again = refused.attributes("input[name=seen]", "value");
    let fields = [("sms_access", "read"), ("seen", again[0].as_str()), ("confirm", "yes")];
    assert_eq!(one.post_form(&address(role), &fields).await.status, 303, "from the new state it can be saved");
    let without = other.post_form(&address(role), &[("see_reports", "no"), ("confirm", "yes")]).await;
    assert_eq!(without.status, 303, "who does not say what they saw means the role as it is");
}

async fn roles_are_there_for_who_manages_them_only(backend: Backend) {
    let app = TestApp::start(backend).await;
    let role = address(app.role_named("Field Employee"));
    let removal = format!("{role}/removal");
    let (gets, posts) = ([&role, &removal, "/settings/roles"], [&role, &removal, "/settings/roles"]);
    let visitor = app.visitor();
    let sales = app.sign_in(app.user("Michael Scott", BuiltInRole::SalesPerson)).await;
    let owner = app.sign_in(app.owner()).await;
    for path in gets {
        let led = visitor.get(path).await;
        assert_eq!(led.status, 303);
        assert!(led.location.is_some_and(|to| to.starts_with("/sign-in?next=")));
        assert_eq!(sales.get(path).await.status, 404, "{path}");
        assert_eq!(owner.get(path).await.status, 200, "{path}");
    }
    for path in posts {
        let fields = [("name", "Intruders"), ("sms_dashboard", "all"), ("confirm", "yes")];
        assert_eq!(visitor.post_form(path, &fields).await.status, 401, "{path}");
        assert_eq!(sales.post_form(path, &fields).await.status, 404, "{path}");
    }
    for nowhere in ["/settings/roles/999999", "/settings/roles/999999/removal", "/settings/roles/abc"] {
        assert_eq!(owner.get(nowhere).await.status, 404, "{nowhere}");
        assert_eq!(owner.post_form(nowhere, &[("confirm", "yes")]).await.status, 404, "{nowhere}");
        assert_eq!(owner.post_form(nowhere, &[]).await.status, 404, "{nowhere}");
    }
    assert_eq!(app.count("roles"), 5);
    assert!(sales.get("/settings/profile").await.attributes("a[href='/settings/roles']", "href").is_empty());
    assert_eq!(owner.get("/settings/profile").await.attributes("a[href='/settings/roles']", "href").len(), 1);
}

async fn a_saved_role_reaches_open_tabs_within_a_second(backend: Backend) {
    let app = TestApp::start(backend).await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550147", "Hello").await;
    app.assign(id, michael);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(michael).await);
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 200);
    let mut stream = sales.request(Method::GET, "/events").send().await.expect("the app answers");
    let role = address(app.role_named("Sales Person"));
    let saved = Instant::now();
    assert_eq!(owner.post_form(&role, &[("sms_dashboard", "none"), ("confirm", "yes")]).await.status, 303);
    let mut heard = String::new();
    while let Some(chunk) = stream.chunk().await.expect("the stream is whole") {
        heard.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert!(heard.contains("event: permissions"), "{heard}");
    assert!(saved.elapsed() < Duration::from_secs(1), "{:?}", saved.elapsed());
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 404);
    assert_eq!(sales.get("/conversations").await.status, 404);
    let menu = sales.get("/notifications").await.texts("nav a");
    assert!(!menu.is_empty() && !menu.iter().any(|entry| entry.starts_with("SMS Conversations")), "{menu:?}");
}

async fn permissions_that_contradict_each_other_are_warned_of_before_and_after_saving(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let role = address(app.role_named("Sales Person"));
    assert!(owner.get(&role).await.texts("[aria-labelledby=warnings]").is_empty());
    for (fields, words) in [
        ([("sms_access", "none"), ("sms_dashboard", "all")], "cannot answer"),
        ([("sms_access", "create"), ("sms_dashboard", "none")], "will not be told of replies"),
        ([("client_scope", "all"), ("client_access", "none")], "Client Scope has no effect"),
        ([("client_scope", "none"), ("client_access", "edit")], "Client Access Control has no effect"),
        ([("may_assign", "yes"), ("sms_dashboard", "none")], "could assign"),
    ] {
        let preview = owner.post_form(&role, &fields).await;
        let warnings = preview.texts("[aria-labelledby=warnings] li").join(" ");
        assert!(warnings.contains(words), "{fields:?}: {warnings}");
        let back = owner.post_form(&role, &[fields[0], fields[1], ("edit", "yes")]).await;
        assert!(back.texts("[aria-labelledby=warnings] li").join(" ").contains(words), "{fields:?}");
    }
    let fields = [("client_access", "none"), ("confirm", "yes")];
    assert_eq!(owner.post_form(&role, &fields).await.status, 303, "a warning does not forbid");
    assert!(owner.get(&role).await.text().contains("Client Scope has no effect"));
}
