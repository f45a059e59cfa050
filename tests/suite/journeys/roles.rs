//! An admin narrows a role: reads what it would do, saves, and sees it done.

use std::time::{Duration, Instant};

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;

for_both!(
    an_admin_narrows_a_role_and_the_other_browser_loses_its_dashboard_at_once,
    without_scripts_a_role_is_previewed_edited_on_and_saved,
);

async fn an_admin_narrows_a_role_and_the_other_browser_loses_its_dashboard_at_once(backend: Backend) {
    let app = TestApp::planned(backend).demo().working().start().await;
    let (dana, michael) = (app.user_named("Dana Whitaker"), app.user_named("Michael Scott"));
    let id = app.text_in("+13035550147", "Is Michael there?").await;
    app.assign(id, michael);
    let admin = Person::at(&app, dana, Look::DESK).await;
    let sales = Person::at(&app, michael, Look::DESK).await;
    sales.visit(&format!("/conversations/{id}")).await;
    sales.sees("Is Michael there?").await;
    sales.sees_a("link", "SMS Conversations").await;

    admin.click_link("Settings").await;
    admin.click_link("Roles").await;
    admin.arrives_at("/settings/roles").await;
    admin.click_link("Sales Person").await;
    admin.sees("Who has this role").await;
    admin.tick("No access").await;
    admin.click_button("Preview").await;
    admin.sees("Nothing is saved yet").await;
    admin.sees("Only assigned conversations").await;
    admin.sees("They would have no dashboard").await;
    admin.sees("Goes from the menu: SMS Conversations.").await;
    admin.sees("No longer told of any text: Michael Scott and Priya Raman.").await;
    admin.sees_a("link", "(303) 555-0147").await;
    let contradiction = "They may text from a client record, but will not be told of replies";
    admin.sees(contradiction).await;
    sales.sees_a("link", "SMS Conversations").await;

    admin.click_button("Save").await;
    let saved = Instant::now();
    sales.sees("There is nothing at this address").await;
    assert!(saved.elapsed() < Duration::from_secs(3), "{:?}", saved.elapsed());
    sales.click_link("Go to the start page").await;
    sales.arrives_at("/notifications").await;
    sales.sees_a("link", "Notifications").await;
    sales.sees_no("link", "SMS Conversations").await;
    admin.sees("Who has this role").await;
    admin.sees(contradiction).await;
}

async fn without_scripts_a_role_is_previewed_edited_on_and_saved(backend: Backend) {
    let app = TestApp::start(backend).await;
    let admin = Person::at(&app, app.owner(), Look::PHONE.without_scripts()).await;
    admin.visit("/settings/roles").await;
    admin.fill("Name", "Storm crew").await;
    admin.choose("Begin with", "A copy of Field Employee").await;
    admin.click_button("Create role").await;
    admin.sees("Nobody has this role").await;
    admin.tick("All conversations").await;
    admin.click_button("Preview").await;
    admin.sees("They would see every conversation on the dashboard.").await;
    admin.click_button("Back to editing").await;
    admin.sees("Who has this role").await;
    admin.tick("Only assigned conversations").await;
    admin.click_button("Preview").await;
    admin.sees("They would see only conversations assigned to them on the dashboard.").await;
    admin.click_button("Save").await;
    admin.sees("Nobody has it.").await;
    admin.click_button("Delete role").await;
    admin.arrives_at("/settings/roles").await;
    admin.does_not_see("Storm crew").await;
}
