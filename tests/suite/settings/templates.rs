use crewline::domain::{BuiltInRole, Permissions};
use reqwest::Method;

use super::audited;
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    templates_are_written_changed_listed_by_name_and_deleted,
    what_makes_no_sense_is_refused_and_kept,
    the_preview_shows_what_a_client_would_read,
    a_template_is_tried_only_on_clients_whom_one_may_open,
    who_manages_the_company_or_automations_writes_templates_and_nobody_else,
    renaming_a_position_breaks_no_template,
);

const PAGE: &str = "/settings/templates";

fn names(page: &Answered) -> Vec<String> {
    page.texts("ul[aria-label=Templates] a")
}

async fn ok(actor: &Actor, path: &str, fields: &[(&str, &str)]) {
    let answer = actor.post_form(path, fields).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)), "{path} {}", answer.text());
}

async fn preview(actor: &Actor, fields: &[(&str, &str)]) -> Answered {
    let request = actor.request(Method::POST, &format!("{PAGE}/preview")).form(fields);
    actor.send(request.header("hx-request-type", "partial").header("hx-target", "section#preview")).await
}

async fn templates_are_written_changed_listed_by_name_and_deleted(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    assert!(owner.get(PAGE).await.text().contains("No templates yet"));
    ok(&owner, PAGE, &[("name", " On  our way "), ("body", "Hi {{client.first_name|there}}, we are on our way.")])
        .await;
    ok(&owner, PAGE, &[("name", "Éclair"), ("body", "Sweet")]).await;
    ok(&owner, PAGE, &[("name", "directions"), ("body", "Turn left.\nThen right.")]).await;
    let list = owner.get(PAGE).await;
    assert_eq!(names(&list), ["directions", "Éclair", "On our way"]);
    assert!(list.text().contains("Turn left. Then right."));
    assert!(list.text().contains("Olivia Owner, now"), "who wrote it, and when");

    let place = list.attributes("ul[aria-label=Templates] a", "href")[0].clone();
    let page = owner.get(&place).await;
    assert_eq!(page.texts("textarea"), ["Turn left. Then right."]);
    ok(&owner, &place, &[("name", "Directions")]).await;
    ok(&owner, &place, &[("body", "Turn right.")]).await;
    ok(&owner, &place, &[("name", "Directions"), ("body", "Turn right.")]).await;
    let page = owner.get(&place).await;
    assert_eq!(
        (page.texts("textarea").concat(), page.texts("h2").concat()),
        ("Turn right.".into(), "Directions".into())
    );
    for (action, times) in [("added", 3), ("updated", 2), ("removed", 0)] {
        assert_eq!(audited(&app, &format!("message_template.{action}"), app.owner()), times, "{action}");
    }
    assert_eq!(app.count("audit_log where detail like '%Turn%'"), 0, "the log keeps no words of a text");

    ok(&owner, &format!("{place}/removal"), &[]).await;
    assert_eq!(names(&owner.get(PAGE).await), ["Éclair", "On our way"]);
    assert_eq!(owner.get(&place).await.status, 404);
    assert_eq!(owner.post_form(&place, &[("name", "X")]).await.status, 404);
    assert_eq!(owner.post(&format!("{place}/removal")).await.status, 404);
    assert_eq!(audited(&app, "message_template.removed", app.owner()), 1);
    assert!(owner.get("/settings/audit").await.text().contains("deleted a template"));
}

async fn what_makes_no_sense_is_refused_and_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    ok(&owner, PAGE, &[("name", "Directions"), ("body", "Turn left.")]).await;
    ok(&owner, PAGE, &[("name", "Other"), ("body", "Other")]).await;
    let other = owner.get(PAGE).await.attributes("ul[aria-label=Templates] a", "href")[1].clone();
    let long = "x".repeat(1601);
    for (name, body, why) in [
        (" ", "Hi", "Enter a name"),
        ("directions", "Hi", "“Directions” already"),
        ("New", " ", "the text is empty"),
        ("New", &long, "1600 is the most"),
        ("New", "Hi {{client.firstname}}", "Did you mean {{client.first_name}}?"),
        ("New", "Hi {{salesperson.name}} and {{x}}", "“x” is not a field"),
        ("New", "Hi {{client.name", "is not closed"),
        ("New", "Hi {{ }}", "names no field"),
    ] {
        for path in [PAGE, &other] {
            let refused = owner.post_form(path, &[("name", name), ("body", body)]).await;
            assert_eq!(refused.status, 422, "{path} {name} {body:.40}");
            let alert = refused.texts("form .alert[role=alert]").concat();
            assert!(alert.contains(why), "{alert}");
            assert_eq!(refused.texts("[role=alert]").len(), 1, "it is said once");
            assert_eq!(refused.attributes("input[name=name]", "value"), [name]);
            assert_eq!(refused.texts("textarea"), [body.trim()]);
        }
    }
    assert_eq!(app.count("message_templates"), 2);
    assert_eq!(app.count("message_templates where body = 'Other'"), 1);
    for number in 3..=100 {
        ok(&owner, PAGE, &[("name", &format!("Template {number}")), ("body", "Hi")]).await;
    }
    let refused = owner.post_form(PAGE, &[("name", "One too many"), ("body", "Hi")]).await;
    assert_eq!((refused.status, app.count("message_templates")), (422, 100));
}

async fn the_preview_shows_what_a_client_would_read(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550101", &[app.user("Sally Sales", BuiltInRole::SalesPerson)]);
    let karen = app.client("Karen", "+13035550102", &[]).to_string();
    let owner = app.sign_in(app.owner()).await;
    let body =
        "Hi {{client.first_name}}, {{sender.first_name}} of {{company.name}}. Ask {{sales_person.name}}, please.";
    let shown = preview(&owner, &[("body", body)]).await;
    assert_eq!(shown.status, 200);
    assert!(!shown.body.contains("<html"), "only the part that changes");
    // The newest client, if nobody is chosen
    assert_eq!(shown.texts(".template-bubble"), ["Hi Karen, Olivia of Crew & Sons Roofing. Ask, please."]);
    assert_eq!(shown.texts("[data-size]"), ["1 part, 107 characters left"]);
    assert!(shown.texts("[data-missing]").concat().contains("Sales Person: full name"));

    let clients = owner.get(&format!("{PAGE}/new")).await.attributes("select[name=client_id] option", "value");
    assert_eq!(clients.len(), 2);
    assert_eq!(clients[0], karen);
    let shown = preview(&owner, &[("body", body), ("client_id", clients[1].as_str())]).await;
    assert_eq!(shown.texts(".template-bubble"), ["Hi Maria, Olivia of Crew & Sons Roofing. Ask Sally Sales, please."]);
    assert!(shown.texts("[data-missing]").is_empty());

    let long = preview(&owner, &[("body", &"a".repeat(161))]).await;
    assert_eq!(long.texts("[data-size]"), ["2 parts, 145 characters left in the last"]);
    assert!(preview(&owner, &[("body", "çok")]).await.texts("[data-size]")[0].contains("outside the basic alphabet"));
    let wrong = preview(&owner, &[("body", "Hi {{client.nme}} {{")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.texts("[role=alert]").len(), 2);

    // Without scripts it is the whole page, with everything that was filled in
    let whole =
        owner.post_form(&format!("{PAGE}/preview"), &[("name", "Mine"), ("body", body), ("client_id", &karen)]).await;
    assert_eq!((whole.status, whole.attributes("input[name=name]", "value")), (200, vec!["Mine".to_owned()]));
    assert_eq!(whole.texts("textarea"), [body]);
    assert_eq!(app.count("message_templates"), 0, "a preview saves nothing");
}

async fn a_template_is_tried_only_on_clients_whom_one_may_open(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions { manage_automations: true, ..BuiltInRole::SalesPerson.permissions() };
    let anna = app.user_with("Anna Automates", may);
    let maria = app.client("Maria", "+13035550101", &[]).to_string();
    let editor = app.sign_in(anna).await;
    let shown = preview(&editor, &[("body", "Hi {{client.first_name|you}}"), ("client_id", &maria)]).await;
    assert_eq!(shown.texts(".template-bubble"), ["Hi you"], "she may not open Maria's record");
    app.client("Karen", "+13035550102", &[anna]);
    let shown = preview(&editor, &[("body", "Hi {{client.first_name|you}}"), ("client_id", &maria)]).await;
    assert_eq!(shown.texts(".template-bubble"), ["Hi Karen"], "hers is tried instead");
    let owner = app.sign_in(app.owner()).await;
    let shown = preview(&owner, &[("body", "Hi {{client.first_name|you}}"), ("client_id", &maria)]).await;
    assert_eq!(shown.texts(".template-bubble"), ["Hi Maria"], "who may open it sees her");
}

async fn who_manages_the_company_or_automations_writes_templates_and_nobody_else(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    ok(&owner, PAGE, &[("name", "Directions"), ("body", "Turn left.")]).await;
    let place = owner.get(PAGE).await.attributes("ul[aria-label=Templates] a", "href")[0].clone();
    let company = Permissions { manage_company: true, ..Permissions::NOTHING };
    let automations = Permissions { manage_automations: true, ..Permissions::NOTHING };
    for (name, may, status) in [
        ("Carla Company", company, 200),
        ("Anna Automates", automations, 200),
        ("Sam Sales", BuiltInRole::SalesPerson.permissions(), 404),
    ] {
        let actor = app.sign_in(app.user_with(name, may)).await;
        let links = actor.get("/settings/devices").await.attributes("nav.settings-nav a", "href");
        assert_eq!(links.contains(&PAGE.to_owned()), status == 200, "{name}");
        for path in [PAGE.to_owned(), format!("{PAGE}/new"), place.clone()] {
            assert_eq!(actor.get(&path).await.status, status, "{name} {path}");
        }
        let status = if status == 200 { 303 } else { 404 };
        let fields = [("name", name), ("body", "Hi")];
        assert_eq!(actor.post_form(PAGE, &fields).await.status, status, "{name}");
        assert_eq!(actor.post_form(&place, &[("body", "Turn right.")]).await.status, status, "{name}");
    }
}

async fn renaming_a_position_breaks_no_template(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.client("Maria", "+13035550101", &[sally]);
    let owner = app.sign_in(app.owner()).await;
    let body = [("body", "Ask {{sales_person.name|us}}.")];
    assert_eq!(preview(&owner, &body).await.texts(".template-bubble"), ["Ask Sally Sales."]);

    let position = app.number_in("positions where name = 'Sales Person'", "id");
    let renamed = owner.post_form(&format!("/settings/positions/{position}"), &[("name", "Closer")]).await;
    assert_eq!(renamed.status, 303);
    let added = owner.post_form("/settings/positions", &[("name", "Sales Person")]).await;
    assert_eq!(added.status, 303);
    assert_eq!(preview(&owner, &body).await.texts(".template-bubble"), ["Ask Sally Sales."], "still whom it meant");
    let fields = owner.get(&format!("{PAGE}/new")).await.texts(".template-fields div");
    assert!(fields.contains(&"{{sales_person.name}} Closer: full name".to_owned()), "{fields:?}");
    assert!(fields.contains(&"{{sales_person_2.name}} Sales Person: full name".to_owned()), "{fields:?}");
    let wrong = preview(&owner, &[("body", "{{closer.name}}")]).await;
    assert!(wrong.texts("[role=alert]").concat().contains("Did you mean {{sales_person.name}}?"));
}
