use crewline::domain::{
    AutomationEvent, AutomationId, AutomationRunId, BuiltInRole, ClientId, ConversationId, Trigger, WhyNot,
};
use crewline::store::automation_log::{self, NewLine};
use crewline::store::automation_runs::{self, NewRun};

use super::insert_text;
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    every_line_says_what_happened_and_why,
    clients_and_conversations_are_named_only_to_who_may_read_them,
    a_long_log_has_pages_that_keep_the_filter,
);

fn run(app: &TestApp, automation: AutomationId, about: (Option<ClientId>, Option<ConversationId>)) -> AutomationRunId {
    let (now, occurrence) = (app.now(), format!("{about:?}"));
    app.write(|tx| {
        let new = NewRun {
            automation_id: automation,
            occurrence: &occurrence,
            client_id: about.0,
            conversation_id: about.1,
            due_at: now,
            appointment_at: None,
        };
        Ok(automation_runs::insert(tx, &new, now)?.expect("it is the first"))
    })
}

fn note(app: &TestApp, of: (AutomationId, AutomationRunId), event: AutomationEvent, why: Option<WhyNot>, detail: &str) {
    let now = app.now();
    app.write(|tx| {
        let line = NewLine {
            automation_id: of.0,
            run_id: of.1,
            step: 0,
            event,
            reason: why,
            detail,
            message_id: None,
            user_id: None,
        };
        Ok(automation_log::insert(tx, &line, now)?)
    });
}

async fn every_line_says_what_happened_and_why(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let (a, b) = (
        insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi"),
        insert_text(&app, "Reminder", Trigger::FirstText, "Hi"),
    );
    let (first, second) = (run(&app, a, (None, None)), run(&app, b, (None, None)));
    note(&app, (a, first), AutomationEvent::Started, None, "");
    note(&app, (a, first), AutomationEvent::NotAssigned, Some(WhyNot::PositionEmpty), "Sales Person");
    note(&app, (b, second), AutomationEvent::Skipped, Some(WhyNot::OptedOut), "");
    let all = owner.get("/automations/log").await;
    assert_eq!(all.texts(".log-what b"), ["Step 1 was skipped", "Nobody was assigned", "A run began"]);
    assert_eq!(all.texts(".log-detail"), ["The phone opted out", "Nobody holds the position. Sales Person"]);
    for (filter, lines) in [
        (format!("automation={b}"), vec!["Step 1 was skipped"]),
        (format!("run={first}&event=started"), vec!["A run began"]),
        ("event=failed".to_owned(), vec![]),
        (
            "event=nonsense&automation=x&run=&before=".to_owned(),
            vec!["Step 1 was skipped", "Nobody was assigned", "A run began"],
        ),
    ] {
        let page = owner.get(&format!("/automations/log?{filter}")).await;
        assert_eq!(
            (page.status, page.texts(".log-what b")),
            (200, lines.iter().map(|l| l.to_string()).collect()),
            "{filter}"
        );
    }
}

async fn clients_and_conversations_are_named_only_to_who_may_read_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let mut may = BuiltInRole::SalesPerson.permissions();
    may.manage_automations = true;
    let sam = app.user_with("Sam Sales", may);
    let automation = insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi");
    let (mine, others) = (app.client("Mine", "+13035550101", &[sam]), app.client("Other", "+13035550102", &[]));
    let (of_mine, of_others) = (app.text_in("+13035550101", "Hi").await, app.text_in("+13035550102", "Hi").await);
    for about in [(Some(mine), Some(of_mine)), (Some(others), Some(of_others))] {
        note(&app, (automation, run(&app, automation, about)), AutomationEvent::Started, None, "");
    }
    let links = |page: &crate::support::app::Answered| page.attributes(".log-what a", "href");
    let seen = owner.get("/automations/log").await;
    assert_eq!(
        links(&seen),
        [
            format!("/clients/{others}"),
            format!("/conversations/{of_others}"),
            format!("/clients/{mine}"),
            format!("/conversations/{of_mine}"),
        ]
    );
    let sam = app.sign_in(sam).await;
    let seen = sam.get("/automations/log").await;
    assert_eq!(links(&seen), [format!("/clients/{mine}"), format!("/clients/{mine}/sms/{of_mine}")]);
    assert!(seen.text().contains("a client whom you may not open") && !seen.text().contains("Other Client"));
    for link in links(&seen) {
        assert_eq!(sam.get(&link).await.status, 200, "{link}");
    }
}

async fn a_long_log_has_pages_that_keep_the_filter(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let automation = insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi");
    let run = run(&app, automation, (None, None));
    for _ in 0..60 {
        note(&app, (automation, run), AutomationEvent::Deferred, Some(WhyNot::QuietHours), "");
        note(&app, (automation, run), AutomationEvent::Queued, None, "");
    }
    let first = owner.get(&format!("/automations/log?automation={automation}&event=deferred")).await;
    assert_eq!(first.texts(".log-entry").len(), 50);
    let next = first.attributes("a[rel=next]", "href").concat();
    assert!(next.starts_with(&format!("/automations/log?automation={automation}&event=deferred&before=")), "{next}");
    let second = owner.get(&next).await;
    assert_eq!((second.texts(".log-entry").len(), second.attributes("a[rel=next]", "href").len()), (10, 0));
}
