use thirtyfour::Key;

use super::site::Site;
use crate::support::browser::{Browser, Look};

#[tokio::test]
async fn a_person_finds_things_by_the_names_they_see() {
    let site = Site::start();
    let person = Browser::open(&site.url).await;
    person.sees("scripts run").await;
    person.sees("late words").await;
    person.does_not_see("a hidden jar").await;
    assert_eq!(person.text_in("On the shelf").await, "On the shelf ×");

    person.hover_button("Remove Ben").await;
    person.sees("hovered").await;
    person.sees_no("button", "Remove Ann").await;
    person.click_button("Remove Ben").await;
    person.sees_no("button", "Remove Ben").await;

    person.reload().await;
    person.sees_a("button", "Remove Ben").await;
    person.click_link("Jars").await;
    person.arrives_at("/jars").await;
    person.sees("Here are the jars").await;
}

#[tokio::test]
async fn a_person_types_any_character() {
    let site = Site::start();
    let person = Browser::open(&site.url).await;
    assert_eq!(person.value_of("Label").await, "old words");
    person.fill("Label", "Plum 😀\nand quince").await;
    assert_eq!(person.value_of("Label").await, "Plum 😀\nand quince");
    person.press_in("Label", &[Key::Control, Key::Enter]).await;
    person.sees("pressed Plum 😀 and quince").await;
    person.choose("Fruit", "Quince").await;
    person.click_button("Send").await;
    person.arrives_at("/labels").await;
    person.sees("label=Plum+%F0%9F%98%80%0D%0Aand+quince&fruit=Quince").await;
}

#[tokio::test]
async fn a_person_without_scripts_can_do_all_that_forms_can() {
    let site = Site::start();
    let person = Browser::open_as(&site.url, Look::DESK.without_scripts()).await;
    person.sees("The pantry").await;
    person.does_not_see("scripts run").await;
    person.fill("Label", "Plum 😀").await;
    person.choose("Fruit", "Quince").await;
    person.click_button("Send").await;
    person.sees("label=Plum+%F0%9F%98%80&fruit=Quince").await;
    person.visit("/").await;
    person.click_link("Jars").await;
    person.arrives_at("/jars").await;
}

#[tokio::test]
async fn a_page_is_seen_at_the_width_and_in_the_light_that_was_asked_for() {
    let site = Site::start();
    let person = Browser::open_as(&site.url, Look::PHONE.dark()).await;
    let state = "return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
    let seen = person.driver.execute(state, vec![]).await.unwrap();
    assert_eq!(seen.json(), &serde_json::json!([360, true]));
    assert_eq!(person.attributes("nav a", "href").await, ["/jars?of=plum"]);

    person.look(Look::DESK).await;
    let seen = person.driver.execute(state, vec![]).await.unwrap();
    assert_eq!(seen.json(), &serde_json::json!([1440, false]));
    let picture = std::fs::read(person.screenshot("proving_ground/desk").await).unwrap();
    // The width stands in the PNG's header
    assert_eq!(picture[16..20], 1440_u32.to_be_bytes());
}

#[tokio::test]
async fn nothing_of_a_browser_is_left_behind() {
    let site = Site::start();
    let person = Browser::open(&site.url).await;
    let chromium = person.driver.capabilities().get("goog:processID").and_then(|id| id.as_u64()).unwrap();
    let chromium = std::path::PathBuf::from(format!("/proc/{chromium}"));
    assert!(chromium.exists());
    drop(person);
    assert!(!chromium.exists());
}
