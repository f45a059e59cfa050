//! Everything by keyboard alone, with a focus that is seen and stays where it is.

use crewline::domain::BuiltInRole;
use thirtyfour::prelude::*;

use super::person::Person;
use crate::support::app::{Backend, PASSWORD, TestApp};
use crate::support::browser::{Browser, Look};
use crate::support::eventually;

const CLIENT: &str = "(303) 555-0147";
const HAS_FOCUS: &str = "return arguments[0] === document.activeElement";
/// A ring around what has the focus, or around the box that stands for it.
const RING: &str = "const rings = (e) => e && (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none');
    const focused = document.activeElement;
    return focused.matches(':focus-visible') && (rings(focused) || rings(focused.parentElement))";

#[tokio::test]
async fn a_text_is_answered_and_handed_on_without_a_mouse() {
    let app = TestApp::planned(Backend::Sqlite).working().start().await;
    app.user("Michael Scott", BuiltInRole::SalesPerson);
    app.user("Ann Baker", BuiltInRole::SalesPerson);
    app.text_in("+13035550147", "Is the roof done?").await;

    let owner = Browser::open(app.url()).await;
    owner.arrives_at("/sign-in").await;
    has_focus(&owner, "field", "E-mail").await;
    types(&owner, &app.email(app.owner())).await;
    tab_to(&owner, "field", "Password").await;
    types(&owner, PASSWORD).await;
    press(&owner, Key::Enter).await;
    owner.arrives_at("/conversations").await;

    tab_to(&owner, "link", CLIENT).await;
    press(&owner, Key::Enter).await;
    owner.sees_a("field", "Message").await;
    owner.sees("Is the roof done?").await;
    tab_to(&owner, "field", "Message").await;
    types(&owner, "Tomorrow at nine").await;
    press_with(&owner, Key::Control, Key::Enter).await;
    owner.sees_a("button", "Remove Olivia Owner").await;
    owner.sees("Delivered").await;
    has_focus(&owner, "field", "Message").await;
    assert_eq!(owner.value_of("Message").await, "");

    back_to(&owner, "button", "Assign someone").await;
    press(&owner, Key::Enter).await;
    has_focus(&owner, "button", "Ann Baker").await;
    press(&owner, Key::Down).await;
    has_focus(&owner, "button", "Michael Scott").await;
    press(&owner, Key::Enter).await;
    owner.sees_a("button", "Remove Michael Scott").await;
    has_focus(&owner, "button", "Assign someone").await;

    back_to(&owner, "button", "Remove Michael Scott").await;
    press(&owner, Key::Enter).await;
    owner.sees_no("button", "Remove Michael Scott").await;
    owner.sees_a("button", "Remove Olivia Owner").await;
    has_focus(&owner, "button", "Assign someone").await;
}

#[tokio::test]
async fn what_is_being_typed_stays_when_a_text_comes_in() {
    let app = TestApp::planned(Backend::Sqlite).working().start().await;
    let conversation = app.text_in("+13035550147", "Is the roof done?").await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.goes_to(&format!("/conversations/{conversation}")).await;
    owner.fill("Message", "Nearly, I am wai").await;
    let caret = "const box = document.activeElement; return `${box.tagName} ${box.selectionStart}`";
    let before = owner.driver.execute(caret, vec![]).await.unwrap().json().clone();
    assert_eq!(before, "TEXTAREA 16");

    app.text_in("+13035550147", "Hello? It is raining in.").await;
    owner.learns("Hello? It is raining in.").await;
    assert_eq!(owner.value_of("Message").await, "Nearly, I am wai");
    assert_eq!(owner.driver.execute(caret, vec![]).await.unwrap().json(), &before);
    types(&owner, "ting").await;
    assert_eq!(owner.value_of("Message").await, "Nearly, I am waiting");

    // Even when the page is left and opened again
    owner.goes_to("/notifications").await;
    owner.goes_to(&format!("/conversations/{conversation}")).await;
    eventually("the draft", async || (owner.value_of("Message").await == "Nearly, I am waiting").then_some(())).await;
}

#[tokio::test]
async fn the_picker_that_is_open_stays_open_when_a_text_comes_in() {
    let app = TestApp::planned(Backend::Sqlite).working().start().await;
    app.user("Michael Scott", BuiltInRole::SalesPerson);
    let conversation = app.text_in("+13035550147", "Is the roof done?").await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.goes_to(&format!("/conversations/{conversation}")).await;
    owner.click_button("Assign someone").await;
    has_focus(&owner, "button", "Michael Scott").await;
    app.text_in("+13035550147", "Hello?").await;
    owner.learns("Hello?").await;
    has_focus(&owner, "button", "Michael Scott").await;
    press(&owner, Key::Escape).await;
    owner.sees_no("button", "Michael Scott").await;
    has_focus(&owner, "button", "Assign someone").await;
}

pub(super) async fn tab_to(person: &Browser, role: &str, name: &str) {
    walk(person, role, name, Key::Tab.value().to_string()).await;
}

pub(super) async fn back_to(person: &Browser, role: &str, name: &str) {
    walk(person, role, name, format!("{}{}", Key::Shift.value(), Key::Tab.value())).await;
}

/// Steps until this has the focus, and sees on the way that the focus can be seen.
async fn walk(person: &Browser, role: &str, name: &str, step: String) {
    for _ in 0..60 {
        send(person, &step).await;
        if focus_is_on(person, role, name).await {
            let ring = person.driver.execute(RING, vec![]).await.expect("a page is open");
            assert_eq!(ring.json(), true, "nobody sees that the {role} {name:?} has the focus");
            return;
        }
    }
    panic!("the keyboard does not reach the {role} {name:?}");
}

pub(super) async fn has_focus(person: &Browser, role: &str, name: &str) {
    let what = format!("the focus on the {role} {name:?}");
    eventually(&what, async || focus_is_on(person, role, name).await.then_some(())).await;
}

async fn focus_is_on(person: &Browser, role: &str, name: &str) -> bool {
    let Ok(Some(element)) = person.find(role, name).await else { return false };
    let focused = person.driver.execute(HAS_FOCUS, vec![element.to_json().expect("an element")]).await;
    focused.is_ok_and(|focused| focused.json() == true)
}

pub(super) async fn types(person: &Browser, text: &str) {
    send(person, text).await;
}

pub(super) async fn press(person: &Browser, key: Key) {
    send(person, &key.value().to_string()).await;
}

async fn press_with(person: &Browser, held: Key, key: Key) {
    send(person, &format!("{}{}", held.value(), key.value())).await;
}

/// Into whatever has the focus: keys know no elements.
async fn send(person: &Browser, keys: &str) {
    let focused = person.driver.active_element().await.expect("something has the focus");
    focused.send_keys(keys).await.expect("keys can be pressed");
}
