use crewline::domain::{BuiltInRole, LeadStatusId};
use crewline::store::lead_statuses;

use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    lead_statuses_are_listed_in_their_colours_added_changed_and_moved,
    what_cannot_be_is_refused_and_kept,
    a_status_that_clients_have_goes_only_when_they_get_another,
    a_status_of_very_many_clients_goes_in_the_background,
    one_status_always_remains,
    to_others_there_is_no_such_page,
);

const PAGE: &str = "/settings/lead-statuses";

fn names(page: &Answered) -> Vec<String> {
    page.texts(".ordered .ordered-name .tag[class*=status-]")
}

fn id(app: &TestApp, name: &str) -> LeadStatusId {
    app.number_in(&format!("lead_statuses where name = '{name}'"), "id")
}

async fn ok(actor: &Actor, path: &str, fields: &[(&str, &str)]) {
    let answer = actor.post_form(path, fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)), "{path} {}", answer.text());
}

async fn lead_statuses_are_listed_in_their_colours_added_changed_and_moved(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(PAGE).await;
    assert_eq!(names(&page).len(), 10);
    assert_eq!(names(&page)[..2], ["Lead Received", "Appointment Not Set"]);
    assert!(page.texts(".ordered li").last().is_some_and(|row| row.contains("Lost")));

    ok(&owner, PAGE, &[("name", "On Hold"), ("colour", "pink"), ("lost", "no")]).await;
    let hold = id(&app, "On Hold");
    let tag = format!("#lead-status-{hold} .tag");
    assert_eq!(owner.get(PAGE).await.attributes(&tag, "class"), ["tag status-pink"]);
    ok(&owner, &format!("{PAGE}/{hold}"), &[("lost", "yes")]).await;
    ok(&owner, &format!("{PAGE}/{hold}"), &[("colour", "red")]).await;
    ok(&owner, &format!("{PAGE}/{hold}/move"), &[("direction", "up")]).await;
    let page = owner.get(PAGE).await;
    assert_eq!(page.attributes(&tag, "class"), ["tag status-red"]);
    assert_eq!(names(&page)[9..], ["On Hold", "Lost to Competitor"]);
    assert_eq!(page.texts(&format!("#lead-status-{hold} .ordered-note")), ["Lost"], "what is absent stays");
    ok(&owner, &format!("{PAGE}/{hold}/removal"), &[]).await;
    assert_eq!(names(&owner.get(PAGE).await).len(), 10);
    for (action, times) in [("added", 1), ("updated", 2), ("moved", 1), ("removed", 1)] {
        assert_eq!(app.count(&format!("audit_log where action = 'lead_status.{action}'")), times, "{action}");
    }
}

async fn what_cannot_be_is_refused_and_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let demo = format!("{PAGE}/{}", id(&app, "Demo"));
    let long = "D".repeat(500);
    for (name, colour, lost, why) in [
        ("", "blue", "no", "Enter a name"),
        (long.as_str(), "blue", "no", "at most 80"),
        ("CUSTOMER", "blue", "no", "“Customer” already"),
        ("Fresh", "green", "no", "Choose a colour"),
        ("Fresh", "blue", "perhaps", "Choose whether"),
    ] {
        for path in [PAGE, &demo] {
            let refused = owner.post_form(path, &[("name", name), ("colour", colour), ("lost", lost)]).await;
            assert_eq!(refused.status, 422, "{path} {name} {colour}");
            assert!(refused.texts("[role=alert]")[0].contains(why), "{path} {name} {colour}");
            let field = if path == PAGE { ".adding-part input" } else { "details[open] input" };
            assert_eq!(refused.attributes(field, "value"), [name], "{path}");
        }
    }
    assert_eq!(app.count("lead_statuses"), 10);
    assert_eq!(app.count("lead_statuses where name = 'Demo' and colour = 'violet'"), 1);
}

async fn a_status_that_clients_have_goes_only_when_they_get_another(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Maria", "+13035550101", &[]);
    let (received, demo) = (id(&app, "Lead Received"), id(&app, "Demo"));
    let path = format!("{PAGE}/{received}/removal");
    let asked = owner.post_form(&path, &[]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.texts("[role=alert]")[0].contains("1 client has “Lead Received”"), "{}", asked.text());
    let offered = asked.attributes("details[open] select[name=move_to] option", "value");
    assert_eq!(offered.len(), 10, "nothing, and every other one");
    assert!(!offered.contains(&received.to_string()));
    for nonsense in [received.to_string(), "999999".to_owned(), "x".to_owned(), String::new()] {
        assert_eq!(owner.post_form(&path, &[("move_to", &nonsense)]).await.status, 422, "{nonsense}");
    }
    ok(&owner, &path, &[("move_to", &demo.to_string())]).await;
    assert_eq!(app.count(&format!("clients where lead_status_id = {demo}")), 1);
    assert_eq!(app.count(&format!("lead_statuses where id = {received}")), 0);
    let log = owner.get("/settings/audit?action=lead_status.removed").await.text();
    assert!(log.contains("Lead Received; 1 client moved to Demo"), "{log}");
}

async fn a_status_of_very_many_clients_goes_in_the_background(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    many_clients(&app, id(&app, "Lead Received"), 1_100);
    let (received, demo) = (id(&app, "Lead Received"), id(&app, "Demo"));
    ok(&owner, &format!("{PAGE}/{received}/removal"), &[("move_to", &demo.to_string())]).await;
    assert_eq!(app.count(&format!("clients where lead_status_id = {demo}")), 500, "one transaction moves few of them");
    assert!(owner.get(PAGE).await.texts(".ordered-row")[0].contains("Being deleted"));
    // Nobody gets a status that is going
    app.client("Hugo", "+13035550101", &[]);
    let refused = owner.post_form(&format!("{PAGE}/{demo}/removal"), &[("move_to", &received.to_string())]).await;
    assert_eq!(refused.status, 422);
    app.drain().await;
    assert_eq!(app.count(&format!("clients where lead_status_id = {demo}")), 1_101);
    assert_eq!((app.count("lead_statuses"), app.count("jobs")), (9, 0));
    let line = format!("kind = 'lead_status' and actor_user_id = {}", app.owner());
    let told = app.count(&format!("client_activity where {line} and detail = 'Lead Received → Demo'"));
    assert_eq!((told, app.count("client_activity")), (1_101, 1_101), "every record says so, once");
}

fn many_clients(app: &TestApp, status: LeadStatusId, count: usize) {
    use crewline::store::clients::{self, Fields};
    let now = app.now();
    app.write(|tx| {
        for _ in 0..count {
            let new = Fields { first_name: "Maria".to_owned(), lead_status_id: status, ..Fields::default() };
            clients::insert(tx, &new, now)?;
        }
        Ok(())
    });
}

async fn one_status_always_remains(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let all = app.read(lead_statuses::all);
    let (last, others) = all.split_last().expect("there are some");
    for status in others {
        ok(&owner, &format!("{PAGE}/{}/removal", status.id), &[]).await;
    }
    let refused = owner.post_form(&format!("{PAGE}/{}/removal", last.id), &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]")[0].contains("One lead status has to remain"));
    assert_eq!(app.count("lead_statuses"), 1);
}

async fn to_others_there_is_no_such_page(backend: Backend) {
    let app = TestApp::start(backend).await;
    let demo = id(&app, "Demo");
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    assert_eq!(app.sign_in(app.owner()).await.get(PAGE).await.status, 200);
    for path in
        [PAGE.to_owned(), format!("{PAGE}/{demo}"), format!("{PAGE}/{demo}/removal"), format!("{PAGE}/{demo}/move")]
    {
        assert_eq!(sales.post_form(&path, &[("name", "Mine"), ("direction", "up")]).await.status, 404, "{path}");
        assert_eq!(app.visitor().post_form(&path, &[("name", "Mine")]).await.status, 401, "{path}");
    }
    assert_eq!(sales.get(PAGE).await.status, 404);
    assert_eq!((app.count("lead_statuses"), id(&app, "Demo")), (10, demo));
}
