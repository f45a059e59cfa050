//! A text for tomorrow: written, seen by a colleague, given back, sent now.

use crewline::domain::BuiltInRole;
use thirtyfour::prelude::*;

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;
use crate::support::eventually;

for_both!(a_text_waits_until_it_is_wanted_now);
for_both!(the_same_goes_without_scripts);

async fn a_text_waits_until_it_is_wanted_now(backend: Backend) {
    journey(backend, Look::DESK).await;
}

async fn the_same_goes_without_scripts(backend: Backend) {
    journey(backend, Look::DESK.without_scripts()).await;
}

async fn journey(backend: Backend, look: Look) {
    let app = TestApp::planned(backend).working().start().await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550147", "Are you coming tomorrow?").await;
    let thread = format!("/conversations/{id}");
    let (owner, colleague) = tokio::join!(Person::at(&app, app.owner(), look), Person::at(&app, boss, look));
    colleague.goes_to(&thread).await;
    owner.goes_to(&thread).await;
    owner.fill("Message", "Yes, at nine").await;
    owner.click_button("Not now: Send later").await;
    owner.click_button("Tomorrow 09:00").await;
    owner.sees("To be sent tomorrow 09:00 by Olivia Owner").await;
    // The page may hear of it before the answer comes
    eventually("an empty box", async || owner.value_of("Message").await.is_empty().then_some(())).await;
    assert_eq!(app.count("messages where direction = 'out'"), 0);
    colleague.learns("To be sent tomorrow 09:00 by Olivia Owner").await;

    owner.click_button("Edit").await;
    owner.does_not_see("To be sent tomorrow").await;
    assert_eq!(owner.value_of("Message").await, "Yes, at nine", "the words are back");
    owner.click_button("Tomorrow 09:00").await;
    owner.sees("To be sent tomorrow 09:00 by Olivia Owner").await;
    assert_eq!(app.count("scheduled_texts where state = 'waiting'"), 1);
    owner.goes_to(&thread).await;
    colleague.goes_to(&thread).await;
    colleague.click_button("This text: Send now").await;
    colleague.does_not_see("To be sent tomorrow").await;
    let left = "messages where direction = 'out' and status <> 'waiting'";
    eventually("it leaves", async || (app.count(left) == 1).then_some(())).await;
    owner.learns("Bea Boss replied and is assigned").await;
}

#[tokio::test]
async fn enter_in_the_field_for_the_time_schedules_and_never_sends_now() {
    let app = TestApp::planned(Backend::Sqlite).working().start().await;
    let id = app.text_in("+13035550147", "Hi").await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.goes_to(&format!("/conversations/{id}")).await;
    owner.fill("Message", "Good morning").await;
    owner.click_button("Not now: Send later").await;
    let far = (app.now() + chrono::Duration::days(9)).format("%Y-%m-%dT09:30").to_string();
    let set = format!("document.querySelector('input[name=send_at]').value = '{far}'");
    owner.driver.execute(set, vec![]).await.expect("a page is open");
    owner.press_in("Date and time there", &[Key::Enter]).await;
    owner.sees("To be sent").await;
    owner.sees("09:30 by Olivia Owner").await;
    assert_eq!(app.count("messages where direction = 'out'"), 0);
}
