use crewline::domain::{Assignee, BuiltInRole, ConsentSource, Trigger, Wait, WaitUnit};
use crewline::store::{automations, opt_outs};

use super::{PAGE, insert, status, stored};
use crate::support::app::{Answered, Backend, TestApp, for_both};

for_both!(
    a_dry_run_says_what_leaves_when_who_is_assigned_and_who_is_told,
    a_dry_run_says_why_nothing_would_be_sent,
    only_clients_whom_they_may_open_are_offered_and_tried,
);

/// What follows a word of the list of facts about a step.
fn fact(page: &Answered, step: usize, word: &str) -> String {
    let rows = page.texts(&format!(".tried-step[data-step='{step}'] .tried-facts > div"));
    let row = rows.iter().find_map(|row| row.strip_prefix(word));
    row.unwrap_or_else(|| panic!("nothing about {word}: {rows:?}")).trim().to_owned()
}

async fn a_dry_run_says_what_leaves_when_who_is_assigned_and_who_is_told(backend: Backend) {
    // Sunday evening in Denver: quiet until Monday at nine
    let app = TestApp::planned(backend).at("2026-11-23T04:00:00").start().await;
    let owner = app.sign_in(app.owner()).await;
    let sales = app.number_in("positions where name = 'Sales Person'", "id");
    let projects = app.number_in("positions where name = 'Project Manager'", "id");
    let (eve, michael) =
        (app.user("Eve Adams", BuiltInRole::SalesPerson), app.user("Michael Scott", BuiltInRole::SalesPerson));
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let everybody =
        [Assignee::Position(sales), Assignee::Position(projects), Assignee::User(michael), Assignee::User(carl)];
    let trigger = Trigger::LeadStatus { to: status(&app, "Appointment Set"), from: None };
    let id = insert(&app, "Appointment set", trigger, &[("Hi {{client.first_name}}.", &everybody), ("Again.", &[])]);
    let now = app.now();
    app.write(|tx| {
        let mut definition = automations::find(tx, id)?.expect("it is there").definition;
        definition.steps[1].wait = Wait { count: 2, unit: WaitUnit::Days };
        Ok(automations::update(tx, id, &definition, now)?)
    });
    let anna = app.client("Anna", "+13035550101", &[eve]);
    let page = owner.get(&format!("{PAGE}/{id}/dry-run?client={anna}")).await;
    assert_eq!(page.status, 200);
    let texts = page.texts(".template-bubble");
    assert!(texts[0].contains("Hi Anna.") && texts[0].ends_with("Reply STOP to opt out."), "{texts:?}");
    assert_eq!(texts[1], "Again.", "who writes is said once");
    let leaves = fact(&page, 1, "Leaves");
    assert!(leaves.contains("Monday 23 November 2026, 09:00 (America/Denver)"), "{leaves}");
    assert!(leaves.contains("end of quiet hours"), "{leaves}");
    assert!(fact(&page, 2, "Leaves").contains("Wednesday 25 November 2026, 09:00"));
    let assigns = page.texts(".tried-step[data-step='1'] .tried-facts li");
    assert_eq!(
        assigns,
        [
            "Eve Adams",
            "Not Project Manager: nobody holds the position",
            "Michael Scott",
            "Not Carl Crew: the person has No access to SMS Conversations",
        ]
    );
    assert_eq!(fact(&page, 1, "If the client replies then"), "Eve Adams and Michael Scott are told.");
    assert_eq!(fact(&page, 2, "If the client replies then"), "Eve Adams and Michael Scott are told.");
    for rows in
        ["conversations", "messages", "assignments", "automation_runs", "automation_log", "jobs", "introductions"]
    {
        assert_eq!(app.count(rows), 0, "{rows}: a dry run changes nothing");
    }
    assert!(!stored(&app, id).steps.is_empty());
}

async fn a_dry_run_says_why_nothing_would_be_sent(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-11-24T20:00:00").start().await;
    let owner = app.sign_in(app.owner()).await;
    let texts: &[(&str, &[Assignee])] = &[("Hi.", &[]), ("Again.", &[])];
    let id = insert(&app, "Welcome", Trigger::ClientCreated, texts);
    let reminder = Trigger::Appointment { wait: Wait { count: 1, unit: WaitUnit::Days }, before: true };
    let reminder = insert(&app, "Reminder", reminder, texts);
    let out = app.client("Gail", "+13035550121", &[]);
    let now = app.now();
    app.write(|tx| Ok(opt_outs::insert(tx, "+13035550121", ConsentSource::Text, None, now)?));
    let page = owner.get(&format!("{PAGE}/{id}/dry-run?client={out}")).await;
    assert_eq!(
        page.texts(".tried-step .composer-locked"),
        ["Nothing is sent: the phone opted out.", "It does not come to this: the run ends before.",]
    );
    assert!(page.texts(".tried-facts").is_empty());
    let page = owner.get(&format!("{PAGE}/{reminder}/dry-run?client={out}")).await;
    assert!(page.text().contains("There is no appointment on the record"), "{}", page.text());
    assert!(page.texts(".tried-step").is_empty());
}

async fn only_clients_whom_they_may_open_are_offered_and_tried(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mut may = BuiltInRole::SalesPerson.permissions();
    may.manage_automations = true;
    let sam = app.user_with("Sam Sales", may);
    let id = insert(&app, "Welcome", Trigger::ClientCreated, &[("Hi.", &[])]);
    let (mine, other) = (app.client("Mine", "+13035550101", &[sam]), app.client("Other", "+13035550102", &[]));
    let (owner, sam) = (app.sign_in(app.owner()).await, app.sign_in(sam).await);
    let address = format!("{PAGE}/{id}/dry-run");
    let offered = |page: &Answered| page.texts(".found-name");
    assert_eq!(offered(&owner.get(&address).await), ["Other Client", "Mine Client"]);
    assert_eq!(offered(&owner.get(&format!("{address}?q=other")).await), ["Other Client"]);
    assert_eq!(offered(&sam.get(&address).await), ["Mine Client"]);
    assert!(offered(&sam.get(&format!("{address}?q=other")).await).is_empty());
    assert_eq!(owner.get(&format!("{address}?client={other}")).await.status, 200);
    assert_eq!(sam.get(&format!("{address}?client={mine}")).await.status, 200);
    for client in [other.to_string(), "999".to_owned(), "x".to_owned()] {
        assert_eq!(sam.get(&format!("{address}?client={client}")).await.status, 404, "{client}");
    }
    assert_eq!(owner.get(&format!("{PAGE}/999/dry-run")).await.status, 404);
}
