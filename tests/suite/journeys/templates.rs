//! Saved replies by hand: written in the settings, used in a thread, with and without scripts, with and without a mouse.

use crewline::domain::BuiltInRole;
use thirtyfour::prelude::*;

use super::keyboard::{back_to, has_focus, press, tab_to, types};
use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;
use crate::support::eventually;

for_both!(a_template_is_written_and_used, without_scripts_it_is_the_same_with_more_pages);

const TEXT: &str = "Hi {{client.first_name|there}}, see you on {{appointment.date}}.";

async fn box_holds(person: &Person, text: &str) {
    let what = format!("{text:?} in the box");
    eventually(&what, async || (person.value_of("Message").await == text).then_some(())).await;
}

async fn a_template_is_written_and_used(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    app.client("Maria", "+13035550147", &[app.user("Michael Scott", BuiltInRole::SalesPerson)]);
    let id = app.text_in("+13035550147", "When do you come?").await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.goes_to("/settings/templates").await;
    owner.sees("No templates yet").await;
    owner.click_link("New template").await;
    owner.fill("Name", "See you").await;
    owner.fill("Text", "Hi {{client.frist_name}}").await;
    owner.sees("Did you mean {{client.first_name}}?").await;
    owner.fill("Text", TEXT).await;
    owner.sees("Hi Maria, see you on.").await;
    owner.sees("1 part, 139 characters left").await;
    owner.click_button("Save").await;
    owner.arrives_at("/settings/templates").await;

    owner.goes_to(&format!("/conversations/{id}")).await;
    owner.fill("Message", "One moment. Bye").await;
    owner.press_in("Message", &[Key::Left, Key::Left, Key::Left]).await;
    // The keyboard alone: past Send to the templates, open, choose
    tab_to(&owner, "button", "Templates").await;
    press(&owner, Key::Enter).await;
    has_focus(&owner, "button", "See you").await;
    press(&owner, Key::Enter).await;
    box_holds(&owner, "One moment. Hi Maria, see you on. Bye").await;
    owner.sees("The day of the appointment. Read the text before you send it.").await;
    has_focus(&owner, "field", "Message").await;
    owner.sees_no("button", "See you").await;
    types(&owner, "Till then. ").await;
    box_holds(&owner, "One moment. Hi Maria, see you on. Till then. Bye").await;
    // A text that comes in takes nothing of it away
    app.text_in("+13035550147", "Hello?").await;
    owner.learns("Hello?").await;
    box_holds(&owner, "One moment. Hi Maria, see you on. Till then. Bye").await;
    owner.sees("The day of the appointment. Read the text before you send it.").await;
    assert_eq!(app.count("messages where direction = 'out'"), 0);
    owner.click_button("Send").await;
    owner.sees_a("button", "Remove Olivia Owner").await;
    box_holds(&owner, "").await;
    owner.does_not_see("Read the text before you send it").await;
    assert_eq!(app.count("messages where body = 'One moment. Hi Maria, see you on. Till then. Bye'"), 1);

    owner.click_button("Templates").await;
    has_focus(&owner, "button", "See you").await;
    press(&owner, Key::Escape).await;
    owner.sees_no("button", "See you").await;
    has_focus(&owner, "button", "Templates").await;
    back_to(&owner, "button", "Send").await;

    owner.goes_to("/conversations/new").await;
    owner.fill("To", "+1 303 555 0147").await;
    owner.click_button("Templates").await;
    owner.click_button("See you").await;
    box_holds(&owner, "Hi Maria, see you on.").await;
    assert_eq!(owner.value_of("To").await, "+1 303 555 0147");
    owner.arrives_at("/conversations/new").await;
}

async fn without_scripts_it_is_the_same_with_more_pages(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let maria = app.client("Maria", "+13035550147", &[]);
    let id = app.text_in("+13035550147", "When do you come?").await;
    let owner = Person::at(&app, app.owner(), Look::DESK.without_scripts()).await;
    owner.goes_to("/settings/templates/new").await;
    owner.fill("Name", "See you").await;
    owner.fill("Text", TEXT).await;
    owner.click_button("Preview").await;
    owner.sees("Hi Maria, see you on.").await;
    owner.click_button("Save").await;
    owner.arrives_at("/settings/templates").await;

    for page in [format!("/conversations/{id}"), format!("/clients/{maria}/sms/{id}")] {
        owner.goes_to(&page).await;
        owner.fill("Message", "One moment.").await;
        owner.click_button("Templates").await;
        owner.click_button("See you").await;
        owner.sees("Read the text before you send it").await;
        assert_eq!(owner.value_of("Message").await, "One moment. Hi Maria, see you on.", "{page}");
        owner.click_button("Send").await;
        owner.arrives_at(&page).await;
    }
    assert_eq!(app.count("messages where body = 'One moment. Hi Maria, see you on.'"), 2);
}
