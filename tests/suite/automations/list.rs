use crewline::domain::{Assignee, RunState, Trigger};
use crewline::store::automation_runs::{self, NewRun};

use super::{PAGE, insert, insert_text, status};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    the_list_says_what_begins_each_and_how_its_runs_went,
    without_one_the_page_explains_by_an_example,
    many_have_pages,
);

async fn the_list_says_what_begins_each_and_how_its_runs_went(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let sales = app.number_in("positions where name = 'Sales Person'", "id");
    let trigger = Trigger::LeadStatus { to: status(&app, "Appointment Set"), from: None };
    let assignees = [Assignee::Position(sales), Assignee::User(app.owner())];
    let id = insert(&app, "Appointment set", trigger, &[("Hi", &assignees)]);
    let now = app.now();
    let runs = [(RunState::Waiting, 1), (RunState::Done, 101), (RunState::Skipped, 2)];
    app.write(|tx| {
        for (state, count) in runs {
            for number in 0..count {
                let occurrence = format!("{state} {number}");
                let new = NewRun {
                    automation_id: id,
                    occurrence: &occurrence,
                    client_id: None,
                    conversation_id: None,
                    due_at: now,
                    appointment_at: None,
                };
                let run = automation_runs::insert(tx, &new, now)?.expect("it is the first");
                if state != RunState::Waiting {
                    automation_runs::end(tx, run, state, now)?;
                }
            }
        }
        Ok(())
    });
    let page = owner.get(PAGE).await;
    assert_eq!(page.texts(".automation-name"), ["Appointment set"]);
    assert_eq!(page.texts(".automation-trigger"), ["When the lead status becomes Appointment Set"]);
    assert_eq!(page.texts(".automation-does"), ["1 text; assigns Sales Person, Olivia Owner"]);
    assert_eq!(page.texts(".automation-counts span:not(.vh)"), ["1 waiting", "99+ done", "0 stopped", "2 skipped"]);
    assert_eq!(page.attributes(".automation-counts a", "href"), [format!("/automations/log?automation={id}")]);
}

async fn without_one_the_page_explains_by_an_example(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(PAGE).await;
    assert!(page.texts(".empty").concat().contains("assign the Sales Person on the record"), "{}", page.text());
    assert!(page.attributes(".empty a", "href").contains(&"/automations/new".to_owned()));
    let log = owner.get("/automations/log").await;
    assert!(log.texts(".empty").concat().contains("what it does is listed here"));
}

async fn many_have_pages(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for number in 10..35 {
        insert_text(&app, &format!("Automation {number}"), Trigger::FirstText, "Hi");
    }
    let first = owner.get(PAGE).await;
    assert_eq!(first.texts(".automation-name").len(), 20);
    let next = first.attributes("a[rel=next]", "href").concat();
    let second = owner.get(&next).await;
    assert_eq!(second.texts(".automation-name"), ["30", "31", "32", "33", "34"].map(|n| format!("Automation {n}")));
    assert!(second.attributes("a[rel=next]", "href").is_empty());
}
