use crewline::domain::{AutomationEvent, RunState, Trigger, WhyNot};
use crewline::store::automation_log::{self, Which};
use crewline::store::automation_runs::{self, NewRun};

use super::{PAGE, insert_text, stored};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(an_automation_is_turned_on_and_off, deleting_one_ends_what_waits_and_keeps_the_log);

async fn an_automation_is_turned_on_and_off(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi");
    let on = format!("{PAGE}/{id}/activation");
    for _ in 0..2 {
        let answer = owner.post(&on).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)));
    }
    assert_eq!(owner.get(PAGE).await.attributes(".automation", "data-active"), ["yes"]);
    let answer = owner.post_form(&format!("{on}/removal"), &[("from", "editor")]).await;
    assert_eq!((answer.status, answer.location), (303, Some(format!("{PAGE}/{id}"))));
    assert_eq!(owner.get(PAGE).await.attributes(".automation", "data-active"), ["no"]);
    for action in ["automation.turned_on", "automation.turned_off"] {
        assert_eq!(app.count(&format!("audit_log where action = '{action}'")), 1, "{action}");
    }
    assert_eq!(owner.post(&format!("{PAGE}/999/activation")).await.status, 404);
    let log = owner.get("/settings/audit").await.text();
    assert!(log.contains("Olivia Owner turned an automation on"), "{log}");
}

async fn deleting_one_ends_what_waits_and_keeps_the_log(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi");
    let now = app.now();
    let run = app.write(|tx| {
        let new = NewRun {
            automation_id: id,
            occurrence: "client_created:client 7",
            client_id: None,
            conversation_id: None,
            due_at: now,
            appointment_at: None,
        };
        Ok(automation_runs::insert(tx, &new, now)?.expect("it is the first"))
    });
    let address = format!("{PAGE}/{id}");
    assert!(owner.get(&address).await.text().contains("1 run waits for its time; it ends without another text."));
    let answer = owner.post(&format!("{address}/removal")).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(PAGE)));
    assert_eq!(app.read(|c| automation_runs::find(c, run)).expect("it stays").state, RunState::Skipped);
    let lines = app.read(|c| automation_log::page(c, &Which::default(), 10));
    assert_eq!((lines[0].event, lines[0].reason), (AutomationEvent::Skipped, Some(WhyNot::AutomationDeleted)));
    for path in [&address, &format!("{address}/dry-run")] {
        assert_eq!(owner.get(path).await.status, 404, "{path}");
    }
    assert_eq!(owner.post_form(&address, &[("name", "Back")]).await.status, 404);
    assert_eq!(owner.post(&format!("{address}/removal")).await.status, 404);
    assert_eq!(stored(&app, id).name, "Welcome");
    let log = owner.get("/automations/log").await;
    assert!(log.text().contains("Welcome (deleted)"), "{}", log.text());
    assert!(owner.get(PAGE).await.texts(".automation").is_empty());
    // Its name is free again
    let fields = [("name", "Welcome"), ("trigger", "client_created"), ("step_1_body", "Hi")];
    assert_eq!(owner.post_form("/automations/new", &fields).await.status, 303);
}
