//! The second door: what somebody reads, answers and does from a client record, or from an unknown caller's thread.

use crewline::domain::{BuiltInRole, Permissions, SmsAccess};

use thirtyfour::prelude::*;

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;
use crate::support::eventually;

for_both!(
    a_sales_person_answers_from_the_record_and_finds_the_thread_on_their_dashboard,
    without_sms_access_there_is_no_tab_and_no_page_behind_it,
    an_unknown_caller_is_made_a_client_from_the_thread,
    a_text_begun_on_a_record_stays_until_it_is_sent,
);

async fn a_sales_person_answers_from_the_record_and_finds_the_thread_on_their_dashboard(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550147", &[michael]);
    app.text_in("+13035550147", "Is the roof done?").await;
    let sales = Person::at(&app, michael, Look::DESK).await;
    sales.sees("Nothing is assigned to you").await;

    sales.click_link("Clients").await;
    sales.click_link("Maria Client").await;
    sales.arrives_at(&format!("/clients/{maria}")).await;
    // The menu has a link that begins alike
    sales.driver.find(By::LinkText("SMS")).await.expect("the tab is there").click().await.expect("a click");
    sales.sees("Is the roof done?").await;
    sales.sees("Nobody yet").await;
    sales.sees_no("button", "Assign someone").await;

    // The thread tells what happens by itself, also here
    sales.goes_to(&format!("/clients/{maria}/sms")).await;
    app.text_in("+13035550147", "Hello?").await;
    sales.learns("Hello?").await;
    sales.fill("Message", "Tomorrow at nine").await;
    sales.click_button("Send").await;
    sales.learns("Tomorrow at nine").await;
    sales.learns_of_the_button("Remove Michael Scott").await;
    sales.learns_of_the_button("Assign someone").await;
    assert_eq!(sales.value_of("Message").await, "");
    assert!(sales.path().await.starts_with(&format!("/clients/{maria}/sms")), "they stay on the record");

    sales.click_link("SMS Conversations").await;
    sales.click_link("Maria Client").await;
    sales.sees_a("button", "Remove Michael Scott").await;
    sales.sees("Tomorrow at nine").await;
}

async fn a_text_begun_on_a_record_stays_until_it_is_sent(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let maria = app.client("Maria", "+13035550147", &[]);
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    let tab = format!("/clients/{maria}/sms");
    owner.goes_to(&tab).await;
    owner.fill("New message", "Good morning, Maria").await;
    owner.goes_to("/notifications").await;
    owner.goes_to(&tab).await;
    eventually("the draft", async || (owner.value_of("New message").await == "Good morning, Maria").then_some(()))
        .await;
    let drafts = "return Object.keys(localStorage).filter(key => key.startsWith('draft:')).join()";
    let kept = owner.driver.execute(drafts, vec![]).await.unwrap().json().clone();
    assert_eq!(kept, format!("draft:text-client-{maria}"));
    owner.click_button("Send text").await;
    owner.learns("Good morning, Maria").await;
    let thread = format!("{tab}/{}", app.number_in("conversations", "id"));
    owner.arrives_at(&thread).await;
    assert_eq!(owner.value_of("Message").await, "", "it is not begun twice");
    assert_eq!(owner.driver.execute(drafts, vec![]).await.unwrap().json(), "");
    assert_eq!(app.count("messages where direction = 'out'"), 1);
}

async fn without_sms_access_there_is_no_tab_and_no_page_behind_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions { sms_access: SmsAccess::None, ..BuiltInRole::ProjectManager.permissions() };
    let pete = app.user_with("Pete Projects", may);
    let maria = app.client("Maria", "+13035550147", &[pete]);
    let id = app.text_in("+13035550147", "Is the roof done?").await;
    let projects = Person::at(&app, pete, Look::DESK).await;
    projects.goes_to(&format!("/clients/{maria}")).await;
    projects.sees("Maria Client").await;
    projects.sees_a("link", "Record").await;
    assert_eq!(projects.attributes("nav[aria-label='Client record'] a", "href").await, [format!("/clients/{maria}")]);
    for path in [format!("/clients/{maria}/sms"), format!("/clients/{maria}/sms/{id}")] {
        projects.goes_to(&path).await;
        projects.sees("There is nothing at this address").await;
        projects.does_not_see("Is the roof done?").await;
    }
}

async fn an_unknown_caller_is_made_a_client_from_the_thread(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let id = app.text_in("+13035550147", "It is Rosa").await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.click_link("(303) 555-0147").await;
    owner.sees("Unknown caller").await;
    owner.click_link("New client").await;
    owner.arrives_at("/clients/new").await;
    owner.fill("First name", "Rosa").await;
    owner.fill("Last name", "Ramirez").await;
    owner.click_button("Create").await;
    owner.arrives_at(&format!("/conversations/{id}")).await;
    owner.sees_a("link", "Rosa Ramirez").await;
    owner.sees("It is Rosa").await;

    // Another one of the household is found while typing
    let bob = app.client("Bob", "+13035550155", &[]);
    owner.click_link("Link or unlink").await;
    owner.sees_a("button", "Unlink Rosa Ramirez").await;
    owner.fill("Search clients", "bob").await;
    owner.click_button("Bob Client").await;
    owner.arrives_at(&format!("/conversations/{id}")).await;
    owner.sees("Rosa Ramirez, Bob Client").await;
    owner.goes_to(&format!("/clients/{bob}/sms")).await;
    owner.sees("It is Rosa").await;

    // It was somebody's joke after all
    owner.goes_to(&format!("/conversations/{id}")).await;
    owner.click_button("More").await;
    owner.click_button("Block this phone").await;
    owner.sees("This phone is blocked.").await;
    owner.sees("Unblock it to text.").await;
    owner.click_button("Unblock").await;
    owner.sees("Olivia Owner unblocked this phone").await;
    owner.does_not_see("Unblock it to text").await;
}
