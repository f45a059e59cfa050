//! Saved replies where one writes: in a thread by both doors, in a new text, in *Text* on a record.

use crewline::domain::{BuiltInRole, ClientAccess, ClientScope, MessageTemplateId, Permissions, SmsAccess};
use crewline::services::merge;
use crewline::store::clients::{self, Fields};
use crewline::store::{client_phones, message_templates};

use super::address;
use crate::support::app::{Answered, Backend, TestApp, for_both};

for_both!(
    a_template_comes_into_the_box_filled_in_and_nothing_is_sent,
    it_goes_where_the_cursor_was,
    an_appointment_is_told_in_the_clients_zone,
    a_field_that_nobody_filled_in_is_not_sent,
    behind_the_records_door_that_record_speaks,
    who_may_not_open_the_record_learns_nothing_of_it,
    a_new_text_is_filled_in_for_whom_it_goes_to,
    text_on_a_record_takes_templates,
    a_template_that_is_gone_or_broken_leaves_the_draft_alone,
    only_who_may_send_gets_templates,
    an_automation_knows_the_client_and_nobody_who_sends,
);

fn template(app: &TestApp, name: &str, body: &str) -> MessageTemplateId {
    let now = app.now();
    app.write(|tx| Ok(message_templates::insert(tx, name, body, None, now)?))
}

/// What stands in the box, with its line ends.
fn body(page: &Answered) -> String {
    let html = page.html();
    let selector = scraper::Selector::parse("textarea").expect("a selector");
    html.select(&selector).next().map(|area| area.text().collect()).unwrap_or_default()
}

fn draft(id: i64) -> String {
    format!("/conversations/{id}/draft")
}

async fn a_template_comes_into_the_box_filled_in_and_nothing_is_sent(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let id = app.text_in("+13035550101", "Hello?").await;
    let text = "Hi {{client.first_name}} {{client.last_name}}, {{sender.first_name}} of {{company.name}} here, about \
                {{client.address}}. Ask {{sales_person.first_name}} or {{project_manager.first_name|us}} at {{client.phone}}.";
    let one = template(&app, "Hello", text).to_string();
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(&address(id)).await;
    assert_eq!(page.texts("button[name=template_id] .reply-name"), ["Hello"]);
    assert_eq!(page.attributes("button[name=template_id]", "formaction"), [draft(id)]);
    let first = page.texts("#composer .composer-foot button")[0].clone();
    assert_eq!(first, "Send", "Enter is never the first template");

    let filled = owner.post_form(&draft(id), &[("template_id", &one), ("body", "")]).await;
    assert_eq!(filled.status, 200);
    let said = "Hi Maria Client, Olivia of Crew & Sons Roofing here, about. Ask Sally or us at (303) 555-0101.";
    assert_eq!(body(&filled), said);
    let warning = filled.texts("[data-missing]").concat();
    assert!(warning.contains("The client’s address. Read the text before you send it."), "{warning}");
    assert_eq!(app.count("messages where direction = 'out'"), 0, "it is only a draft");

    app.write(|tx| {
        let fields = clients::find(tx, maria)?.expect("she is here").fields;
        Ok(clients::update(tx, maria, &Fields { address: "12 Elm St\nArvada".into(), ..fields })?)
    });
    let filled = owner.post_form(&draft(id), &[("template_id", &one)]).await;
    assert!(body(&filled).contains("about 12 Elm St, Arvada."), "{}", body(&filled));
    assert!(filled.texts("[data-missing]").is_empty());
    assert_eq!(
        owner.post_form(&format!("/conversations/{id}/messages"), &[("body", &body(&filled))]).await.status,
        303
    );
}

async fn it_goes_where_the_cursor_was(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Hello?").await;
    let one = template(&app, "Hello", "we come").to_string();
    let owner = app.sign_in(app.owner()).await;
    for (cursor, said) in
        [("", "Yes, tomorrow we come"), ("5", "Yes, we come tomorrow"), ("x", "Yes, tomorrow we come")]
    {
        let fields = [("template_id", one.as_str()), ("body", "Yes, tomorrow"), ("cursor", cursor)];
        assert_eq!(body(&owner.post_form(&draft(id), &fields).await), said, "{cursor}");
    }
}

async fn an_appointment_is_told_in_the_clients_zone(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "When?").await;
    let one = template(&app, "When", "{{appointment.date}} at {{appointment.time}}").to_string();
    let owner = app.sign_in(app.owner()).await;
    for (zone, said) in [
        (None, "Thursday, November 26 at 6:30 PM"),
        (Some("America/New_York"), "Thursday, November 26 at 8:30 PM"),
        (Some("Europe/Berlin"), "Friday, November 27 at 2:30 AM"),
    ] {
        app.write(|tx| {
            let fields = clients::find(tx, maria)?.expect("she is here").fields;
            let at = "2026-11-27T01:30:00".parse().expect("a time");
            let changed = Fields { appointment_at: Some(at), time_zone: zone.map(str::to_owned), ..fields };
            Ok(clients::update(tx, maria, &changed)?)
        });
        assert_eq!(body(&owner.post_form(&draft(id), &[("template_id", &one)]).await), said, "{zone:?}");
    }
}

async fn a_field_that_nobody_filled_in_is_not_sent(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hello?").await;
    let owner = app.sign_in(app.owner()).await;
    let text = "Hi {{client.first_name|there}}, yes";
    for path in [format!("/conversations/{id}/messages"), "/conversations".to_owned(), format!("/clients/{maria}/sms")]
    {
        let fields = [("to", "+13035550101"), ("body", text)];
        let refused = owner.post_form(&path, &fields).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(
            refused.texts("[role=alert]")[0].contains("“{{client.first_name|there}}” is still in the text"),
            "{path}"
        );
        assert_eq!(refused.texts("textarea").last().map(String::as_str), Some(text), "{path}");
    }
    assert_eq!(app.count("messages where direction = 'out'"), 0);
    let sent = owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "Braces {{ are words")]).await;
    assert_eq!(sent.status, 303);
}

async fn behind_the_records_door_that_record_speaks(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let juan = app.client("Juan", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hello?").await;
    let one = template(&app, "Hello", "Hi {{client.first_name}}").to_string();
    let owner = app.sign_in(app.owner()).await;
    let by_dashboard = owner.post_form(&draft(id), &[("template_id", &one)]).await;
    assert_eq!(body(&by_dashboard), "Hi Maria", "the first one who has this phone");
    for (client, said) in [(maria, "Hi Maria"), (juan, "Hi Juan")] {
        let fields = [("template_id", one.as_str()), ("from_client", &client.to_string())];
        let page = owner.post_form(&draft(id), &fields).await;
        assert_eq!(page.texts("h1")[0], format!("{} Client", &said[3..]), "the record is still around it");
        assert_eq!(page.texts("#composer textarea"), [said]);
    }
    // Nobody's phone: only that is known
    let stranger = app.text_in("+13035550199", "Hello?").await;
    let two = template(&app, "Phone", "{{client.phone}}{{client.name}}").to_string();
    let page = owner.post_form(&draft(stranger), &[("template_id", &two)]).await;
    assert_eq!(body(&page), "(303) 555-0199");
    assert!(page.texts("[data-missing]")[0].contains("full name"));
}

async fn who_may_not_open_the_record_learns_nothing_of_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[app.user("Sally Sales", BuiltInRole::SalesPerson)]);
    app.write(|tx| {
        let fields = clients::find(tx, maria)?.expect("she is here").fields;
        Ok(clients::update(tx, maria, &Fields { address: "12 Elm St".into(), ..fields })?)
    });
    let id = app.text_in("+13035550101", "Hello?").await;
    let one = template(&app, "All", "Dear {{client.name}}, {{client.address}}, {{sales_person.name}}").to_string();
    let may = Permissions {
        client_scope: ClientScope::None,
        client_access: ClientAccess::None,
        ..BuiltInRole::BusinessManager.permissions()
    };
    let outsider = app.sign_in(app.user_with("Otto Outside", may)).await;
    assert_eq!(body(&outsider.post_form(&draft(id), &[("template_id", &one)]).await), "Dear Maria Client,");
    let fields = [("template_id", one.as_str()), ("to", "+13035550101"), ("body", "")];
    assert_eq!(body(&outsider.post_form("/conversations/draft", &fields).await), "Dear,");
    let owner = app.sign_in(app.owner()).await;
    let said = "Dear Maria Client, 12 Elm St, Sally Sales";
    assert_eq!(body(&owner.post_form(&draft(id), &[("template_id", &one)]).await), said, "who may open it");
    assert_eq!(body(&owner.post_form("/conversations/draft", &fields).await), said);
}

async fn a_new_text_is_filled_in_for_whom_it_goes_to(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550101", &[]);
    let juan = app.client("Juan", "+13035550101", &[]).to_string();
    let one = template(&app, "Hello", "Hi {{client.first_name|there}}").to_string();
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get("/conversations/new").await.texts("button[name=template_id] .reply-name"), ["Hello"]);
    for (to, client, said) in [
        ("", "", "Well. Hi there"),
        ("(303) 555-0101", "", "Well. Hi Maria"),
        ("Maria Client", "", "Well. Hi Maria"),
        ("+13035550101", juan.as_str(), "Well. Hi Juan"),
        ("+13035550177", "", "Well. Hi there"),
    ] {
        let mut fields = vec![("template_id", one.as_str()), ("to", to), ("number_id", "1"), ("body", "Well.")];
        if !client.is_empty() {
            fields.push(("client_id", client));
        }
        let page = owner.post_form("/conversations/draft", &fields).await;
        assert_eq!((page.status, body(&page).as_str()), (200, said), "{to} {client}");
        assert_eq!(page.attributes("input[name=to]", "value"), [to], "what was filled in is kept");
    }
    assert_eq!(app.count("messages"), 0);
    assert_eq!(app.count("conversations"), 0);
}

async fn text_on_a_record_takes_templates(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let one = template(&app, "Hello", "Hi {{client.first_name}}, {{client.address}}").to_string();
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/clients/{maria}/sms/draft");
    assert_eq!(
        owner.get(&format!("/clients/{maria}/sms")).await.attributes("button[name=template_id]", "formaction"),
        [path.as_str()]
    );
    let page = owner.post_form(&path, &[("template_id", &one), ("body", "Well."), ("number_id", "1")]).await;
    assert_eq!((page.status, body(&page).as_str()), (200, "Well. Hi Maria,"));
    assert_eq!(page.texts("details.text-client[open] [data-missing]").len(), 1, "it is open, and warns");
    app.write(|tx| Ok(client_phones::replace(tx, maria, &[])?));
    let page = owner.post_form(&path, &[("template_id", &one), ("body", "")]).await;
    assert!(page.text().contains("This record has no phone to text"));
}

async fn a_template_that_is_gone_or_broken_leaves_the_draft_alone(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hello?").await;
    let broken = template(&app, "Broken", "Ask {{estimator.name}}").to_string();
    let owner = app.sign_in(app.owner()).await;
    for path in [draft(id), "/conversations/draft".to_owned(), format!("/clients/{maria}/sms/draft")] {
        for (template, why) in [("99", "was deleted meanwhile"), (broken.as_str(), "“Broken” cannot be used")] {
            let page = owner.post_form(&path, &[("template_id", template), ("body", "Mine"), ("to", "")]).await;
            assert_eq!((page.status, body(&page).as_str()), (422, "Mine"), "{path}");
            assert!(page.texts("[role=alert]").concat().contains(why), "{path} {why}");
        }
    }
    let fine = template(&app, "Fine", "Ask {{project_manager.name}}").to_string();
    assert_eq!(owner.post_form(&draft(id), &[("template_id", &fine)]).await.status, 200);
    assert_eq!(owner.post_form(&draft(id), &[("template_id", "x")]).await.status, 422);
}

async fn only_who_may_send_gets_templates(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reader = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let rita = app.sign_in(app.user_with("Rita Reads", reader)).await;
    let sam = app.sign_in(app.user("Sam Sales", BuiltInRole::SalesPerson)).await;
    let maria = app.client("Maria", "+13035550101", &[]);
    let id = app.text_in("+13035550101", "Hello?").await;
    let one = template(&app, "Hello", "Hi {{client.first_name}}").to_string();
    let fields = [("template_id", one.as_str()), ("body", ""), ("to", "")];
    let record = format!("/clients/{maria}/sms/draft");
    for path in [&draft(id), "/conversations/draft", &record] {
        assert_eq!(rita.post_form(path, &fields).await.status, 403, "{path}");
        assert_eq!(app.visitor().post_form(path, &fields).await.status, 401, "{path}");
    }
    assert_eq!(sam.post_form(&draft(id), &fields).await.status, 404, "not assigned to him");
    assert_eq!(sam.post_form(&record, &fields).await.status, 404);
    assert!(rita.get(&address(id)).await.texts("button[name=template_id]").is_empty());
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.post_form(&draft(id), &fields).await.status, 200);
    app.text_in("+13035550101", "STOP").await;
    assert_eq!(owner.post_form(&draft(id), &fields).await.status, 403, "they opted out");
    assert!(owner.get(&address(id)).await.texts("button[name=template_id]").is_empty());
}

async fn an_automation_knows_the_client_and_nobody_who_sends(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550101", &[app.user("Sally Sales", BuiltInRole::SalesPerson)]);
    let (known, stranger) = (app.text_in("+13035550101", "Hello?").await, app.text_in("+13035550199", "Hello?").await);
    let (of_client, of_known, of_stranger) = app.read(|c| {
        Ok((
            merge::values_of_client(c, maria, None)?,
            merge::values_of_conversation(c, known, None)?,
            merge::values_of_conversation(c, stranger, None)?,
        ))
    });
    assert_eq!(of_client, of_known);
    assert_eq!(of_client.get("sales_person.name"), Some("Sally Sales"));
    assert_eq!(of_client.get("client.phone"), Some("(303) 555-0101"));
    assert_eq!((of_client.get("sender.name"), of_client.get("project_manager.name")), (None, None));
    assert_eq!((of_stranger.get("client.name"), of_stranger.get("client.phone")), (None, Some("(303) 555-0199")));
    assert_eq!(of_stranger.get("company.name"), Some("Crew & Sons Roofing"));
}
