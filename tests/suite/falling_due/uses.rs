use crewline::domain::{
    Assignee, AutomationId, BuiltInRole, Condition, Definition, Permissions, Step, Trigger, UserId,
};
use crewline::store::automations;

use super::{at_noon, definition, set_up, step};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    a_position_that_an_automation_uses_is_not_deleted,
    a_lead_status_that_an_automation_uses_is_not_deleted,
    who_is_deactivated_is_passed_over_and_the_pages_say_where,
    who_takes_over_is_assigned_instead,
    what_is_removed_is_taken_out_of_automations_too,
    who_may_not_manage_automations_sees_only_how_many,
);

fn refused(answer: &Answered, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let alert = answer.texts("[role=alert]").concat();
    assert!(alert.contains(words), "{alert}");
}

async fn a_position_that_an_automation_uses_is_not_deleted(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let crew = app.number_in("positions where name = 'Field Crew'", "id");
    let removal = format!("/settings/positions/{crew}/removal");
    let plain = definition("", Trigger::ClientCreated);
    let assigning = Step { assignees: vec![Assignee::Position(crew)], ..step("Welcome") };
    for (name, conditions, steps) in [
        ("Welcome", vec![], vec![step("Hi"), assigning]),
        ("If held", vec![Condition::PositionHeld(crew)], vec![step("Hi")]),
        ("If empty", vec![Condition::PositionEmpty(crew)], vec![step("Hi")]),
        ("By name", vec![], vec![step("{{ field_crew.first_name | The crew }} is coming")]),
    ] {
        let id = set_up(&app, &Definition { name: name.to_owned(), conditions, steps, ..plain.clone() });
        refused(
            &owner.post_form(&removal, &[("also_remove_holders", "yes")]).await,
            &format!("“{name}” uses this position"),
        );
        archive(&app, id);
    }
    assert_eq!(owner.post_form(&removal, &[]).await.status, 303, "those that were deleted use nothing any more");
    assert_eq!(app.count(&format!("positions where id = {crew}")), 0);
}

async fn a_lead_status_that_an_automation_uses_is_not_deleted(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let statuses = app.numbers("select id as number from lead_statuses order by id");
    let (used, other) = (statuses[1], statuses[2]);
    let removal = format!("/settings/lead-statuses/{used}/removal");
    let other_kind = definition("", Trigger::ClientCreated);
    for (name, trigger, conditions) in [
        ("Arriving", Trigger::LeadStatus { to: used, from: None }, vec![]),
        ("Leaving", Trigger::LeadStatus { to: other, from: Some(used) }, vec![]),
        ("Asking", Trigger::ClientCreated, vec![Condition::LeadStatus(used)]),
    ] {
        let id = set_up(&app, &Definition { name: name.to_owned(), trigger, conditions, ..other_kind.clone() });
        refused(&owner.post_form(&removal, &[]).await, &format!("“{name}” uses this lead status"));
        archive(&app, id);
    }
    assert_eq!(owner.post_form(&removal, &[]).await.status, 303);
    assert_eq!(app.count(&format!("lead_statuses where id = {used}")), 0);
}

fn archive(app: &TestApp, id: AutomationId) {
    let now = app.now();
    app.write(|tx| Ok(automations::archive(tx, id, now)?));
}

/// Eve is named by two steps of one automation, beside Paul in the second.
struct Office {
    app: TestApp,
    owner: Actor,
    eve: UserId,
    paul: UserId,
    automation: AutomationId,
}

impl Office {
    async fn open(backend: Backend) -> Office {
        let app = at_noon(backend).await;
        let (eve, paul) = (app.user("Eve", BuiltInRole::SalesPerson), app.user("Paul", BuiltInRole::SalesPerson));
        let assigning = |users: &[UserId]| Step {
            assignees: users.iter().map(|user| Assignee::User(*user)).collect(),
            ..step("Hi")
        };
        let steps = vec![assigning(&[eve]), assigning(&[eve, paul])];
        let automation = set_up(&app, &Definition { steps, ..definition("Welcome", Trigger::ClientCreated) });
        let owner = app.sign_in(app.owner()).await;
        Office { app, owner, eve, paul, automation }
    }

    async fn deactivate(&self, fields: &[(&str, &str)]) -> Answered {
        let fields: Vec<_> = [("active", "no")].into_iter().chain(fields.iter().copied()).collect();
        self.owner.post_form(&format!("/settings/users/{}", self.eve), &fields).await
    }

    /// Whom each step names.
    fn named(&self) -> Vec<Vec<Assignee>> {
        let found = self.app.read(|c| automations::find(c, self.automation)).expect("it is there");
        found.definition.steps.into_iter().map(|step| step.assignees).collect()
    }

    fn version(&self) -> i64 {
        self.app.read(|c| automations::find(c, self.automation)).expect("it is there").version
    }
}

async fn who_is_deactivated_is_passed_over_and_the_pages_say_where(backend: Backend) {
    let office = Office::open(backend).await;
    let (eve, paul) = (Assignee::User(office.eve), Assignee::User(office.paul));
    let page = office.owner.get(&format!("/settings/users/{}", office.eve)).await;
    assert!(page.text().contains("Automations that assign them by name 1 Welcome"), "{}", page.text());
    let preview = office.deactivate(&[("preview", "yes")]).await;
    let words = "1 automation assigns them by name (“Welcome”). They stay in it, and are passed over";
    assert!(preview.text().contains(words), "{}", preview.text());
    assert_eq!(office.deactivate(&[]).await.status, 303);
    assert_eq!(office.named(), [vec![eve], vec![eve, paul]]);
    let page = office.owner.get(&format!("/settings/users/{}", office.eve)).await;
    assert!(page.text().contains("Do this now"), "it can still be handed over: {}", page.text());
}

async fn who_takes_over_is_assigned_instead(backend: Backend) {
    let office = Office::open(backend).await;
    let (paul, version) = (Assignee::User(office.paul), office.version());
    let to = office.paul.to_string();
    let preview = office.deactivate(&[("hand_over", "to"), ("hand_over_to", &to), ("preview", "yes")]).await;
    assert!(preview.text().contains("Paul would be assigned instead."), "{}", preview.text());
    assert_eq!(office.deactivate(&[("hand_over", "to"), ("hand_over_to", &to)]).await.status, 303);
    assert_eq!(office.named(), [vec![paul], vec![paul]], "nobody twice");
    assert_eq!(office.version(), version + 1, "who edits it right now is told");
    let page = office.owner.get(&format!("/settings/users/{}", office.eve)).await;
    assert!(page.text().contains("Automations that assign them by name None"), "{}", page.text());
    assert_eq!(office.app.count("audit_log where action = 'automation.updated'"), 1);
}

async fn what_is_removed_is_taken_out_of_automations_too(backend: Backend) {
    let office = Office::open(backend).await;
    let preview = office.deactivate(&[("hand_over", "remove"), ("preview", "yes")]).await;
    assert!(preview.text().contains("They would be taken out"), "{}", preview.text());
    assert_eq!(office.deactivate(&[("hand_over", "remove")]).await.status, 303);
    assert_eq!(office.named(), [vec![], vec![Assignee::User(office.paul)]]);
}

async fn who_may_not_manage_automations_sees_only_how_many(backend: Backend) {
    let office = Office::open(backend).await;
    let may = Permissions { manage_automations: false, ..BuiltInRole::Owner.permissions() };
    let admin = office.app.user_with("Nora", may);
    let admin = office.app.sign_in(admin).await;
    let page = admin.get(&format!("/settings/users/{}", office.eve)).await;
    assert!(page.text().contains("Automations that assign them by name 1"), "{}", page.text());
    assert!(!page.text().contains("Welcome"), "{}", page.text());
}
