use crewline::domain::{Assignee, BuiltInRole, Condition, Trigger, Wait, WaitUnit};

use super::{PAGE, insert, insert_text, made, status, stored};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    an_automation_is_made_with_trigger_conditions_steps_and_whom_they_assign,
    what_is_not_posted_stays_as_it_is,
    buttons_add_and_remove_with_everything_kept,
    a_preview_shows_the_text_for_a_client_they_may_read,
    only_who_manages_automations_finds_them,
);

async fn an_automation_is_made_with_trigger_conditions_steps_and_whom_they_assign(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let (set, received) = (status(&app, "Appointment Set"), status(&app, "Lead Received"));
    let sales = app.number_in("positions where name = 'Sales Person'", "id");
    let (position, user) = (format!("step_1_position_{sales}"), format!("step_1_user_{michael}"));
    let (set_id, received_id, sales_id) = (set.to_string(), received.to_string(), sales.to_string());
    let fields = [
        ("name", "  Appointment   set "),
        ("trigger", "lead_status"),
        ("to_status", set_id.as_str()),
        ("from_status", received_id.as_str()),
        // Of other triggers, and ignored
        ("keyword", "STOP"),
        ("trigger_count", "nonsense"),
        ("conditions", "shown"),
        ("condition_1_kind", "position_held"),
        ("condition_1_position", sales_id.as_str()),
        ("condition_2_kind", "time_of_day"),
        ("condition_2_from", "09:00"),
        ("condition_2_to", "17:30"),
        ("steps", "shown"),
        ("step_1_count", "0"),
        ("step_1_unit", "minutes"),
        ("step_1_body", "Hi {{client.first_name|there}},\r\nsee you."),
        ("step_1_people", "shown"),
        (position.as_str(), "yes"),
        (user.as_str(), "yes"),
        ("step_1_push", "no"),
        ("step_1_push", "yes"),
        ("step_2_count", "2"),
        ("step_2_unit", "days"),
        ("step_2_body", "Any questions?"),
        ("step_2_people", "shown"),
        ("step_2_push", "no"),
        ("stop_on_reply", "no"),
        ("stop_on_reply", "yes"),
        ("number", ""),
    ];
    let id = made(&owner.post_form("/automations/new", &fields).await);
    let made = stored(&app, id);
    assert_eq!(made.name, "Appointment set");
    assert_eq!(made.trigger, Trigger::LeadStatus { to: set, from: Some(received) });
    assert_eq!(made.conditions, [Condition::PositionHeld(sales), Condition::TimeOfDay { from: 540, to: 1_050 }]);
    assert_eq!(made.steps.len(), 2);
    assert_eq!(made.steps[0].body, "Hi {{client.first_name|there}},\nsee you.");
    assert_eq!(made.steps[0].assignees, [Assignee::Position(sales), Assignee::User(michael)]);
    assert!(made.steps[0].push && !made.steps[1].push && made.stop_on_reply);
    assert_eq!(made.steps[1].wait, Wait { count: 2, unit: WaitUnit::Days });
    assert!(made.steps[1].assignees.is_empty());
    assert_eq!(app.count("automations where active = false"), 1, "somebody turns it on");
    let page = owner.get(&format!("{PAGE}/{id}")).await;
    assert!(page.text().contains("Assigns Sales Person, Michael Scott"), "{}", page.text());
    assert_eq!(app.count("audit_log where action = 'automation.created' and detail = 'Appointment set'"), 1);
}

async fn what_is_not_posted_stays_as_it_is(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let trigger = Trigger::Keyword { word: "QUOTE".to_owned() };
    let id = insert(&app, "Quote", trigger, &[("One", &[Assignee::User(app.owner())]), ("Two", &[])]);
    let before = stored(&app, id);
    let address = format!("{PAGE}/{id}");
    for fields in [&[][..], &[("active", "yes"), ("archived_at", "now"), ("swept_id", "9")]] {
        assert_eq!(owner.post_form(&address, fields).await.status, 303);
    }
    assert_eq!(stored(&app, id), before);
    assert_eq!(app.count("audit_log where action = 'automation.updated'"), 0, "nothing was changed");
    assert_eq!(owner.post_form(&address, &[("step_2_body", "Three")]).await.status, 303);
    let after = stored(&app, id);
    assert_eq!((after.steps[0].clone(), after.steps[1].body.as_str()), (before.steps[0].clone(), "Three"));
    assert_eq!((after.trigger, after.name), (before.trigger, before.name));
    assert_eq!(app.count("audit_log where action = 'automation.updated' and detail = 'Quote: its steps'"), 1);
}

async fn buttons_add_and_remove_with_everything_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let fields = [("name", "Kept name"), ("steps", "shown"), ("step_1_body", "One"), ("step_2_body", "Two")];
    let added = owner.post_form("/automations/new?do=add_step", &fields).await;
    assert_eq!(added.status, 200);
    assert_eq!(added.texts("textarea"), ["One", "Two", ""]);
    assert_eq!(added.attributes("input[name=name]", "value"), ["Kept name"]);
    assert!(added.texts("[role=alert]").is_empty(), "nothing was refused");
    let removed = owner.post_form("/automations/new?do=remove_step_1", &fields).await;
    assert_eq!(removed.texts("textarea"), ["Two"]);
    let raised = owner.post_form("/automations/new?do=raise_step_2", &fields).await;
    assert_eq!(raised.texts("textarea"), ["Two", "One"]);
    let condition = owner.post_form("/automations/new?do=add_condition", &fields).await;
    assert_eq!(condition.attributes(".condition-kind", "name"), ["condition_1_kind"]);
    let now = app.now();
    let template = app
        .write(|tx| Ok(crewline::store::message_templates::insert(tx, "Bye", "Bye {{client.name|you}}", None, now)?));
    let chosen = [("step_1_body", "One "), ("step_1_template", &template.to_string())];
    let put_in = owner.post_form("/automations/new?do=template_1", &chosen).await;
    assert_eq!(put_in.texts("textarea"), ["One Bye {{client.name|you}}"]);
    assert_eq!(app.count("automations"), 0, "none of this saves anything");
}

async fn a_preview_shows_the_text_for_a_client_they_may_read(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let fields = [("step_1_body", "Hi {{client.first_name}}, {{appointment.date}}")];
    let nobody = owner.post_form("/automations/new?do=preview", &fields).await;
    assert_eq!(nobody.texts("#preview-1 .template-bubble"), ["Hi Maria, Thursday, November 26"], "somebody made up");
    let anna = app.client("Anna", "+13035550101", &[]);
    let shown = owner.post_form("/automations/new?do=preview", &fields).await;
    assert_eq!(shown.texts("#preview-1 .template-bubble"), ["Hi Anna,"]);
    assert!(shown.texts("#preview-1 [data-missing]").concat().contains("The day of the appointment"));
    assert!(shown.texts("#preview-1 [data-size]").concat().starts_with("1 part"));
    let wrong = owner.post_form("/automations/new?do=preview", &[("step_1_body", "{{client.firstname}}")]).await;
    assert!(wrong.texts("#preview-1").concat().contains("Did you mean {{client.first_name}}?"));
    // Who sees only their own clients tries it on theirs
    let mut may = BuiltInRole::SalesPerson.permissions();
    may.manage_automations = true;
    let sam = app.sign_in(app.user_with("Sam Sales", may)).await;
    let client = anna.to_string();
    let hidden = sam
        .post_form("/automations/new?do=preview", &[("step_1_body", "Hi {{client.first_name}}"), ("client", &client)])
        .await;
    assert_eq!(hidden.texts("#preview-1 .template-bubble"), ["Hi Maria"]);
    assert!(!hidden.text().contains("Anna"));
}

async fn only_who_manages_automations_finds_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = insert_text(&app, "Secret", Trigger::FirstText, "Hi");
    let sales = app.sign_in(app.user("Sam Sales", BuiltInRole::SalesPerson)).await;
    let manager = app.sign_in(app.user("Mia Manager", BuiltInRole::BusinessManager)).await;
    let menu = |page: &crate::support::app::Answered| page.texts("nav[aria-label=Main] a").join(" ");
    assert!(menu(&manager.get("/notifications").await).contains("Automations"));
    assert!(!menu(&sales.get("/notifications").await).contains("Automations"));
    for path in ["", "/new", "/log", &format!("/{id}")] {
        let path = format!("{PAGE}{path}");
        assert_eq!((manager.get(&path).await.status, sales.get(&path).await.status), (200, 404), "{path}");
    }
    for path in ["/new", &format!("/{id}"), &format!("/{id}/activation"), &format!("/{id}/removal")] {
        assert_eq!(sales.post_form(&format!("{PAGE}{path}"), &[("name", "X")]).await.status, 404, "{path}");
    }
    assert_eq!(stored(&app, id).name, "Secret");
    assert_eq!(app.count("automations where archived_at is null and active = false"), 1);
}
