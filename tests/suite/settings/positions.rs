use crewline::domain::{BuiltInRole, ClientAccess, ClientScope, PositionId};

use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    positions_are_listed_added_renamed_and_moved,
    a_name_that_is_empty_long_or_taken_is_refused_and_kept,
    a_position_that_is_held_goes_only_if_that_is_wanted,
    a_position_held_on_very_many_clients_goes_in_the_background,
    to_others_there_is_no_such_page,
);

const PAGE: &str = "/settings/positions";

fn names(page: &Answered) -> Vec<String> {
    page.texts(".ordered .ordered-name")
}

fn id(app: &TestApp, name: &str) -> PositionId {
    app.number_in(&format!("positions where name = '{name}'"), "id")
}

async fn ok(actor: &Actor, path: &str, fields: &[(&str, &str)]) {
    let answer = actor.post_form(path, fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)), "{path} {}", answer.text());
}

async fn positions_are_listed_added_renamed_and_moved(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(names(&owner.get(PAGE).await), ["Sales Person", "Project Manager", "Field Crew"]);
    ok(&owner, PAGE, &[("name", "  Estimator  One ")]).await;
    let estimator = id(&app, "Estimator One");
    ok(&owner, &format!("{PAGE}/{estimator}"), &[("name", "Estimator")]).await;
    for _ in 0..2 {
        ok(&owner, &format!("{PAGE}/{estimator}/move"), &[("direction", "up")]).await;
    }
    assert_eq!(names(&owner.get(PAGE).await), ["Sales Person", "Estimator", "Project Manager", "Field Crew"]);
    let first = id(&app, "Sales Person");
    ok(&owner, &format!("{PAGE}/{first}/move"), &[("direction", "up")]).await;
    ok(&owner, &format!("{PAGE}/{first}/move"), &[("direction", "down")]).await;
    assert_eq!(names(&owner.get(PAGE).await), ["Estimator", "Sales Person", "Project Manager", "Field Crew"]);
    ok(&owner, &format!("{PAGE}/{estimator}/removal"), &[]).await;
    assert_eq!(names(&owner.get(PAGE).await), ["Sales Person", "Project Manager", "Field Crew"]);
    for (action, times) in [("added", 1), ("renamed", 1), ("moved", 3), ("removed", 1)] {
        assert_eq!(app.count(&format!("audit_log where action = 'position.{action}'")), times, "{action}");
    }
    assert_eq!(owner.post_form(&format!("{PAGE}/{first}/move"), &[("direction", "left")]).await.status, 422);
    assert_eq!(owner.post_form(&format!("{PAGE}/{estimator}/removal"), &[]).await.status, 404, "it is gone");
    assert_eq!(owner.post_form(&format!("{PAGE}/{estimator}"), &[("name", "X")]).await.status, 404);
}

async fn a_name_that_is_empty_long_or_taken_is_refused_and_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let crew = id(&app, "Field Crew");
    let (long, rename) = ("P".repeat(500), format!("{PAGE}/{crew}"));
    for (name, why) in [(" ", "Enter a name"), (&long, "at most 80"), ("sales person", "“Sales Person” already")] {
        for (path, field) in
            [(PAGE, "form.adding[action='/settings/positions'] input"), (&rename, "details[open] input")]
        {
            let refused = owner.post_form(path, &[("name", name)]).await;
            assert_eq!(refused.status, 422, "{path} {name}");
            assert!(refused.texts("[role=alert]")[0].contains(why), "{path} {name}");
            assert_eq!(refused.attributes(field, "value"), [name], "{path}");
        }
    }
    ok(&owner, &rename, &[("name", "FIELD CREW")]).await;
    assert_eq!(app.count("positions"), 3);
    for number in 4..=100 {
        ok(&owner, PAGE, &[("name", &format!("Position {number}"))]).await;
    }
    let refused = owner.post_form(PAGE, &[("name", "One too many")]).await;
    assert_eq!((refused.status, app.count("positions")), (422, 100));
}

async fn a_position_that_is_held_goes_only_if_that_is_wanted(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.client("Maria", "+13035550101", &[sally]);
    app.client("Hugo", "+13035550102", &[sally, sally]);
    let path = format!("{PAGE}/{}/removal", id(&app, "Sales Person"));
    let asked = owner.post_form(&path, &[]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.texts("[role=alert]")[0].contains("Sales Person of 2 clients"), "{}", asked.text());
    assert_eq!(asked.attributes("details[open] input[name=also_remove_holders]", "value"), ["yes"]);
    assert_eq!(app.count("client_positions"), 3, "nothing happened yet");

    ok(&owner, &path, &[("also_remove_holders", "yes")]).await;
    assert_eq!(names(&owner.get(PAGE).await), ["Project Manager", "Field Crew"]);
    assert_eq!(app.count("client_positions"), 1, "what they hold otherwise stays");
    let log = owner.get("/settings/audit?action=position.removed").await.text();
    assert!(log.contains("Sales Person; taken from 2 clients"), "{log}");
}

async fn a_position_held_on_very_many_clients_goes_in_the_background(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    many_clients(&app, sally, 1_200);
    let path = format!("{PAGE}/{}/removal", id(&app, "Sales Person"));
    let asked = owner.post_form(&path, &[]).await;
    assert!(asked.texts("[role=alert]")[0].contains("1,000 clients or more"), "{}", asked.text());
    ok(&owner, &path, &[("also_remove_holders", "yes")]).await;

    let page = owner.get(PAGE).await;
    assert_eq!(names(&page)[0], "Sales Person Being deleted");
    assert_eq!(app.count("client_positions"), 700, "one transaction takes few of them");
    ok(&owner, &path, &[]).await; // pressing again is no second deletion
    assert_eq!(app.count("audit_log where action = 'position.removed'"), 1);
    app.drain().await;
    assert_eq!((app.count("client_positions"), app.count("jobs")), (0, 0));
    let line = format!("kind = 'position' and actor_user_id = {}", app.owner());
    let words = "Sales Person: Sally Sales → nobody";
    let told = app.count(&format!("client_activity where {line} and detail = '{words}'"));
    assert_eq!((told, app.count("client_activity")), (1_200, 1_200), "every record says so, once");
    assert_eq!(names(&owner.get(PAGE).await), ["Project Manager", "Field Crew"]);
}

fn many_clients(app: &TestApp, holder: i64, count: usize) {
    use crewline::store::clients::{self, Fields};
    let (status, position) = (app.number_in("lead_statuses", "min(id)"), app.number_in("positions", "min(id)"));
    let now = app.now();
    app.write(|tx| {
        for _ in 0..count {
            let new = Fields { first_name: "Maria".to_owned(), lead_status_id: status, ..Fields::default() };
            let id = clients::insert(tx, &new, now)?;
            crewline::store::client_positions::hold(tx, id, position, holder)?;
        }
        Ok(())
    });
}

async fn to_others_there_is_no_such_page(backend: Backend) {
    let app = TestApp::start(backend).await;
    let crew = id(&app, "Field Crew");
    let mut may = BuiltInRole::Owner.permissions();
    may.manage_company = false;
    let nearly = app.sign_in(app.user_with("Nearly All", may)).await;
    let mut little = crewline::domain::Permissions::NOTHING;
    (little.client_scope, little.client_access) = (ClientScope::None, ClientAccess::None);
    let weakest = app.sign_in(app.user_with("Wendy Weak", little)).await;
    let stranger = app.visitor();
    assert_eq!(app.sign_in(app.owner()).await.get(PAGE).await.status, 200);
    for path in
        [PAGE.to_owned(), format!("{PAGE}/{crew}"), format!("{PAGE}/{crew}/removal"), format!("{PAGE}/{crew}/move")]
    {
        for actor in [&nearly, &weakest] {
            let fields = [("name", "Mine"), ("direction", "up"), ("also_remove_holders", "yes")];
            assert_eq!(actor.post_form(&path, &fields).await.status, 404, "{path}");
            assert_eq!(actor.post(&path).await.status, 404, "{path}: the form is not looked at");
        }
        assert_eq!(stranger.post_form(&path, &[("name", "Mine")]).await.status, 401, "{path}");
    }
    assert_eq!(nearly.get(PAGE).await.status, 404);
    assert_eq!(stranger.get(PAGE).await.location.as_deref(), Some("/sign-in?next=%2Fsettings%2Fpositions"));
    assert_eq!(app.count("positions"), 3);
}
