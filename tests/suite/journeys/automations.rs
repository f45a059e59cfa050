//! An automation by hand: set up, tried, turned on.

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;

for_both!(an_automation_is_set_up_tried_and_turned_on);

async fn an_automation_is_set_up_tried_and_turned_on(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550147", &[app.owner()]);
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.click_link("Automations").await;
    owner.sees("No automations yet").await;
    owner.click_link("New automation").await;
    // Only what belongs to the chosen trigger is there
    owner.sees_a("field", "To").await;
    owner.sees_no("field", "Word").await;
    owner.choose("What begins it", "A client texts a word").await;
    owner.sees_a("field", "Word").await;
    owner.sees_no("field", "To").await;
    owner.choose("What begins it", "The lead status changes").await;
    owner.choose("To", "Appointment Set").await;
    owner.fill("Name", "Appointment set").await;
    owner.fill("Text", "Hi {{client.frist_name}}").await;
    owner.sees("Did you mean {{client.first_name}}?").await;
    owner.fill("Text", "Hi {{client.first_name|there}}, see you.").await;
    owner.sees("Hi Maria, see you.").await;
    owner.click_button("Add a condition").await;
    owner.choose("Condition 1", "Somebody holds the position").await;
    owner.choose("Position", "Sales Person").await;
    owner.click_button("Add a step").await;
    owner.sees("since step 1").await;
    owner.sees("Hi Maria, see you.").await;
    owner.click_button("Remove step 2").await;
    owner.does_not_see("since step 1").await;
    owner.click_button("Assigns nobody").await;
    owner.tick("Sales Person").await;
    owner.click_button("Save").await;
    owner.sees("It is off").await;
    owner.sees("Assigns Sales Person").await;
    owner.click_link("Dry run").await;
    owner.click_link("Maria").await;
    owner.sees("Dry run for Maria Client").await;
    owner.sees("Reply STOP to opt out.").await;
    owner.sees("Olivia Owner is told.").await;
    owner.click_link("Appointment set").await;
    owner.click_button("Turn on").await;
    owner.sees("It is on.").await;
    assert_eq!(app.count("automations where active = true"), 1);
    assert_eq!(app.count("automation_conditions where kind = 'position_held'"), 1);
    app.drain().await;
}
