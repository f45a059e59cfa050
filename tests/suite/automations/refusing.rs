use crewline::domain::{Assignee, BuiltInRole, Trigger};

use super::{PAGE, faults, insert, insert_text, stored};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    all_that_is_wrong_is_told_at_once_and_everything_is_kept,
    each_kind_of_trigger_and_condition_is_checked,
    who_cannot_be_assigned_is_greyed_and_refused_but_may_stay,
    there_are_at_most_ten_steps_and_twenty_conditions,
    who_saves_over_somebody_elses_change_is_told_whose,
);

async fn all_that_is_wrong_is_told_at_once_and_everything_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let long = "x".repeat(1_601);
    let fields = [
        ("name", " "),
        ("trigger", "lead_status"),
        ("to_status", ""),
        ("condition_1_kind", "lead_source"),
        ("condition_1_source", " "),
        ("steps", "shown"),
        ("step_1_count", "367"),
        ("step_1_unit", "days"),
        ("step_1_body", "Hi {{client.firstname}} {{nobody}}"),
        ("step_2_count", "one"),
        ("step_2_unit", "hours"),
        ("step_2_body", " "),
        ("step_3_count", "1"),
        ("step_3_unit", "hours"),
        ("step_3_body", &long),
        ("number", "999"),
    ];
    let refused = owner.post_form("/automations/new", &fields).await;
    assert_eq!(
        faults(&refused),
        [
            "Enter a name.",
            "Trigger: choose which lead status begins it.",
            "Condition 1: enter a lead source.",
            "Step 1: enter how long to wait as a whole number from 0 to 366.",
            "Step 1: “client.firstname” is not a field. Did you mean {{client.first_name}}?",
            "Step 1: “nobody” is not a field. Choose one from the list of fields.",
            "Step 2: enter how long to wait as a whole number from 0 to 366.",
            "Step 2: write the text: it is empty.",
            "Step 3: The text has 1601 characters; 1600 is the most. Shorten it or send it as two.",
            "Choose one of our numbers, or the first one.",
        ]
    );
    assert_eq!(refused.attributes(".faults a", "href")[3], "#step-1");
    assert_eq!(refused.texts("textarea"), ["Hi {{client.firstname}} {{nobody}}", "", &long]);
    assert_eq!(refused.attributes("input[name=step_2_count]", "value"), ["one"]);
    assert_eq!(app.count("automations"), 0);
    let nothing =
        owner.post_form("/automations/new", &[("name", "Empty"), ("steps", "shown"), ("trigger", "first_text")]);
    assert_eq!(faults(&nothing.await), ["Add a step: an automation sends at least one text."]);
    insert_text(&app, "Reminder", Trigger::ClientCreated, "Hi");
    let taken = [("name", "REMINDER"), ("trigger", "client_created"), ("step_1_body", "Hi")];
    let taken = faults(&owner.post_form("/automations/new", &taken).await);
    assert_eq!(taken, ["There is “Reminder” already. Choose another name."]);
}

async fn each_kind_of_trigger_and_condition_is_checked(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let status = app.number_in("lead_statuses", "min(id)").to_string();
    let position = app.number_in("positions", "min(id)").to_string();
    let (id, seat) = (status.as_str(), position.as_str());
    for (fields, why) in [
        (vec![("trigger", "lead_status"), ("to_status", id), ("from_status", id)], "does not change into itself"),
        (vec![("trigger", "lead_status"), ("to_status", id), ("from_status", "x")], "it comes from, or any"),
        (vec![("trigger", "no_reply"), ("trigger_count", "0")], "from 1 to 366"),
        (vec![("trigger", "unanswered"), ("trigger_count", "-1")], "from 1 to 366"),
        (vec![("trigger", "appointment"), ("trigger_count", "1.5")], "from 0 to 366"),
        (vec![("trigger", "appointment"), ("trigger_unit", "weeks")], "from 0 to 366"),
        (vec![("trigger", "keyword"), ("keyword", "!")], "enter the word"),
        (vec![("trigger", "keyword"), ("keyword", "Stop.")], "“Stop.” is an order to us as it is"),
        (vec![("trigger", "moonrise")], "choose what begins it"),
        (vec![("condition_1_kind", "lead_status"), ("condition_1_status", "999")], "choose a lead status"),
        (vec![("condition_1_kind", "position_empty")], "choose a position"),
        (vec![("condition_1_kind", "time_of_day"), ("condition_1_from", "09:00")], "enter both times"),
        (
            vec![("condition_1_kind", "time_of_day"), ("condition_1_from", "09:00"), ("condition_1_to", "09:00")],
            "no time is between them",
        ),
        (
            vec![("condition_1_kind", "texted_before"), ("condition_2_kind", "never_texted")],
            "Condition 2: it contradicts",
        ),
        (
            vec![
                ("condition_1_kind", "position_held"),
                ("condition_1_position", seat),
                ("condition_2_kind", "position_empty"),
                ("condition_2_position", seat),
            ],
            "Condition 2: it contradicts",
        ),
        (
            vec![("trigger", "first_text"), ("condition_1_kind", "lead_status"), ("condition_1_status", id)],
            "is on no record, so this is never met",
        ),
    ] {
        let mut form = vec![("name", "Checked"), ("step_1_body", "Hi")];
        if !fields.iter().any(|(name, _)| *name == "trigger") {
            form.push(("trigger", "client_created"));
        }
        form.extend(fields);
        let told = faults(&owner.post_form("/automations/new", &form).await);
        assert!(told.len() == 1 && told[0].contains(why), "{why}: {told:?}");
    }
    assert_eq!(app.count("automations"), 0);
}

async fn who_cannot_be_assigned_is_greyed_and_refused_but_may_stay(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let gone = app.user("Gina Gone", BuiltInRole::SalesPerson);
    app.set_active(gone, false);
    let page = owner.get("/automations/new").await;
    let greyed = page.texts(".unpickable");
    assert_eq!(greyed, ["Carl Crew no access to SMS Conversations", "Gina Gone deactivated"]);
    assert_eq!(
        page.attributes("input[type=checkbox][disabled]", "name"),
        [format!("step_1_user_{carl}"), format!("step_1_user_{gone}")]
    );
    let (carl_box, nobody) = (format!("step_1_user_{carl}"), "step_1_user_999".to_owned());
    let refused = owner.post_form("/automations/new", &ticking(&carl_box)).await;
    assert_eq!(faults(&refused), ["Step 1: Carl Crew cannot be assigned: no access to SMS Conversations."]);
    let refused = owner.post_form("/automations/new", &ticking(&nobody)).await;
    assert_eq!(faults(&refused), ["Step 1: choose people from the list."]);
    // They were chosen while they could be; the log will say that they were not assigned
    let id = insert(&app, "Old", Trigger::FirstText, &[("Hi", &[Assignee::User(carl)])]);
    assert_eq!(owner.post_form(&format!("{PAGE}/{id}"), &[("step_1_body", "Hello")]).await.status, 303);
    assert_eq!(stored(&app, id).steps[0].assignees, [Assignee::User(carl)]);
    let page = owner.get(&format!("{PAGE}/{id}")).await;
    assert!(page.attributes("input[type=checkbox][checked]", "name").contains(&format!("step_1_user_{carl}")));
}

async fn there_are_at_most_ten_steps_and_twenty_conditions(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let steps: Vec<String> = (1..=11).map(|number| format!("step_{number}_body")).collect();
    let units: Vec<String> = (1..=11).map(|number| format!("step_{number}_unit")).collect();
    let kinds: Vec<String> = (1..=21).map(|number| format!("condition_{number}_kind")).collect();
    let form = |count: usize, conditions: usize| {
        let mut form = vec![("name", "Many"), ("trigger", "client_created")];
        form.extend(steps.iter().take(count).map(|name| (name.as_str(), "Hi")));
        form.extend(units.iter().take(count).map(|name| (name.as_str(), "hours")));
        form.extend(kinds.iter().take(conditions).map(|name| (name.as_str(), "never_texted")));
        form
    };
    let refused = owner.post_form("/automations/new", &form(11, 21)).await;
    assert_eq!(faults(&refused), ["Use at most 20 conditions.", "Use at most 10 steps."]);
    assert_eq!(owner.post_form("/automations/new", &form(10, 20)).await.status, 303);
    assert_eq!(app.count("automation_steps"), 10);
    assert_eq!(app.count("automation_conditions"), 20);
}

async fn who_saves_over_somebody_elses_change_is_told_whose(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let mia = app.sign_in(app.user("Mia Manager", BuiltInRole::BusinessManager)).await;
    let id = insert_text(&app, "Welcome", Trigger::ClientCreated, "Hi");
    let address = format!("{PAGE}/{id}");
    let seen = owner.get(&address).await.attributes("input[name=version]", "value").concat();
    let (mine, hers) =
        ([("step_1_body", "Mine"), ("version", seen.as_str())], [("step_1_body", "Hers"), ("version", &*seen)]);
    assert_eq!(mia.post_form(&address, &hers).await.status, 303);
    let refused = owner.post_form(&address, &mine).await;
    let told = faults(&refused);
    assert!(told.len() == 1 && told[0].starts_with("Mia Manager changed this automation meanwhile"), "{told:?}");
    assert_eq!(refused.texts("textarea"), ["Mine"]);
    assert_eq!(stored(&app, id).steps[0].body, "Hers");
    let again = refused.attributes("input[name=version]", "value").concat();
    assert_eq!(owner.post_form(&address, &[("step_1_body", "Mine"), ("version", &again)]).await.status, 303);
    assert_eq!(stored(&app, id).steps[0].body, "Mine", "who was told may decide");
}

fn ticking(name: &str) -> [(&str, &str); 4] {
    [("name", "A"), ("trigger", "client_created"), ("step_1_body", "Hi"), (name, "yes")]
}
