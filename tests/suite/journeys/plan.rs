//! A company goes down to the plan without SMS, is texted meanwhile, and comes back.

use crewline::domain::BuiltInRole;

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;

for_both!(on_starter_sms_is_hidden_and_what_came_in_is_there_when_the_plan_has_it_again);

const CLIENT: &str = "(303) 555-0147";

async fn on_starter_sms_is_hidden_and_what_came_in_is_there_when_the_plan_has_it_again(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let mia = app.user("Mia Manager", BuiltInRole::BusinessManager);
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let (owner, manager, sales) = tokio::join!(
        Person::at(&app, app.owner(), Look::DESK),
        Person::at(&app, mia, Look::DESK),
        Person::at(&app, michael, Look::PHONE),
    );
    manager.sees("No conversations yet").await;
    sales.sees("Nothing is assigned to you").await;

    // The Owner goes down to Starter; the others' open pages notice by themselves
    owner.click_link("Settings").await;
    owner.click_link("Company").await;
    owner.choose("Plan", "Starter").await;
    owner.click_button("Save").await;
    owner.sees("No conversation waits").await;
    for person in [&manager, &sales] {
        person.sees("SMS starts with the Growth plan").await;
        person.sees_a("link", "SMS Conversations").await;
    }
    sales.click_link("Upgrade").await;
    sales.sees("Ask somebody who manages them").await;

    // A text arrives, and nobody is told
    app.text_in("+13035550147", "Is the roof done?").await;
    manager.reload().await;
    manager.sees("1 conversation waits").await;
    manager.sees_a("link", "Notifications").await;
    manager.sees_no("link", "Notifications 1").await;
    assert_eq!(app.count("notifications"), 0);
    manager.click_link("Upgrade").await;
    manager.arrives_at("/settings/company").await;

    // Back on Growth it is there, unread
    owner.reload().await;
    owner.sees("1 conversation waits").await;
    owner.choose("Plan", "Growth").await;
    owner.click_button("Save").await;
    owner.does_not_see("conversation waits").await;
    manager.goes_to("/conversations").await;
    manager.sees_a("link", CLIENT).await;
    manager.click_link("Unread").await;
    manager.click_link(CLIENT).await;
    manager.sees("Is the roof done?").await;
    manager.sees_a("field", "Message").await;
}
