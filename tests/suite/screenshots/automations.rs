//! Automations: the list, the editor, the dry run and the log.

use crewline::domain::{Assignee, BuiltInRole, Condition, Definition, Step, Trigger, Wait, WaitUnit};
use crewline::store::{automations, lead_statuses, positions, users};

use super::album::{Album, COMPANY};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn automations_fit_with_nothing_something_and_far_too_much() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let dana = app.user_named("Dana Whitaker");
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(dana)).await;
    let title = |page: &str| format!("{page} · {COMPANY}");
    let set = app.number_in("automations where name = 'Appointment set'", "id");
    let karen = app.number_in("clients where last_name = 'Fields'", "id");
    let gail = app.number_in("clients where last_name = 'Sorensen'", "id");
    album.picture("automations", "/automations", &title("Automations")).await;
    album.whole_page("automation", &format!("/automations/{set}"), async |_| {}).await;
    album.whole_page("automation-new", "/automations/new", async |_| {}).await;
    let wrong = async |browser: &crate::support::browser::Browser| {
        browser.click_button("Add a condition").await;
        browser.sees("Condition 1").await;
        browser.click_button("Add a step").await;
        browser.sees("Step 2").await;
        browser.click_button("Save").await;
        browser.sees("Nothing was saved yet.").await;
    };
    album.whole_page("automation-wrong", "/automations/new", wrong).await;
    album.picture("dry-run-search", &format!("/automations/{set}/dry-run"), &title("Dry run of Appointment set")).await;
    album.whole_page("dry-run", &format!("/automations/{set}/dry-run?client={karen}"), async |_| {}).await;
    album.whole_page("dry-run-skipped", &format!("/automations/{set}/dry-run?client={gail}"), async |_| {}).await;
    album.picture("automations-log", "/automations/log", &title("Log of automations")).await;
    album.picture("automations-log-nothing", "/automations/log?event=failed", &title("Log of automations")).await;

    let crowded = crowd(&app);
    album.picture("automations-crowded", "/automations", &title("Automations")).await;
    let choose = async |browser: &crate::support::browser::Browser| {
        browser.click_button("Assigns").await;
    };
    album.whole_page("automation-crowded", &format!("/automations/{crowded}"), choose).await;
    let tried = format!("/automations/{crowded}/dry-run?client={karen}");
    album.whole_page("dry-run-crowded", &tried, async |_| {}).await;
    let now = app.now();
    app.write(|tx| {
        for automation in automations::all(tx)? {
            automations::archive(tx, automation.id, now)?;
        }
        Ok(())
    });
    album.picture("automations-empty", "/automations", &title("Automations")).await;
    album.complaints(2).await;
}

/// Ten steps, twenty conditions, thirty people, and names that never end.
fn crowd(app: &TestApp) -> i64 {
    let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiter";
    let people: Vec<Assignee> = (1..=30)
        .map(|number| {
            let id = app.user(&format!("Person {number}"), BuiltInRole::SalesPerson);
            app.write(|tx| Ok(users::set_name(tx, id, &format!("{} {number}", long.repeat(3)))?));
            Assignee::User(id)
        })
        .collect();
    let (status, position, now) = (app.read(lead_statuses::all)[0].id, app.read(positions::all)[0].id, app.now());
    let step = |number: i64| Step {
        wait: Wait { count: number, unit: WaitUnit::Days },
        body: "{{client.first_name|there}} 😀 ".repeat(45),
        push: true,
        assignees: if number == 0 { people.clone() } else { vec![Assignee::Position(position)] },
    };
    let definition = Definition {
        name: long.chars().take(80).collect(),
        trigger: Trigger::LeadStatus { to: status, from: None },
        conditions: (0..20)
            .map(|number| match number % 3 {
                0 => Condition::LeadSource("Referral: neighbor".to_owned()),
                1 => Condition::TimeOfDay { from: 540, to: 1_020 },
                _ => Condition::PositionHeld(position),
            })
            .collect(),
        steps: (0..10).map(step).collect(),
        stop_on_reply: true,
        number: None,
    };
    app.write(|tx| {
        let plain = Definition { conditions: Vec::new(), name: "Without conditions".to_owned(), ..definition.clone() };
        automations::insert(tx, &definition, now)?;
        Ok(automations::insert(tx, &plain, now)?)
    })
}
