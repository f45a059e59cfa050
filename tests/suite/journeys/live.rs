//! Pages that keep themselves up to date, and whom they tell nothing.

use crewline::domain::BuiltInRole;
use serde_json::json;

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Browser;
use crate::support::browser::Look;
use crate::support::devtools::DevTools;
use crate::support::eventually;
use crate::support::stream::Stream;

for_both!(
    what_happens_between_a_page_and_its_stream_is_not_missed,
    an_event_reaches_only_those_who_see_its_conversation
);
for_both!(signing_out_ends_the_stream_of_that_session_only);

async fn an_event_reaches_only_those_who_see_its_conversation(backend: Backend) {
    let app = TestApp::start(backend).await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(michael).await);
    let (mut of_the_owner, mut of_the_sales_person) = (Stream::of(&owner).await, Stream::of(&sales).await);

    let hidden = app.text_in("+13035550147", "Only the owner sees me").await;
    let shown = app.text_in("+13035550148", "And me, at first").await;
    assert_ne!(hidden, shown);
    owner.post_form(&format!("/conversations/{shown}/assignments"), &[("user_id", &michael.to_string())]).await;

    of_the_owner.until(&format!("event: conversation\ndata: {{\"id\":{hidden}}}")).await;
    of_the_owner.until(&format!("event: conversation\ndata: {{\"id\":{shown}}}")).await;
    of_the_sales_person.until(&format!("event: conversation\ndata: {{\"id\":{shown}}}")).await;
    let told = of_the_sales_person.until("event: notifications").await;
    assert!(!told.contains(&format!("{{\"id\":{hidden}}}")), "{told}");
    assert!(!told.contains("Michael") && !told.contains("first"), "events hold no content: {told}");
}

async fn signing_out_ends_the_stream_of_that_session_only(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (at_home, at_work) = (app.sign_in(app.owner()).await, app.sign_in(app.owner()).await);
    let (mut home, mut work) = (Stream::of(&at_home).await, Stream::of(&at_work).await);
    assert_eq!(at_home.post("/sign-out").await.status, 303);
    home.ends().await;
    app.text_in("+13035550147", "Anybody there?").await;
    work.until("event: conversation").await;
}

#[tokio::test]
async fn a_hidden_tab_catches_up_when_it_is_shown() {
    let app = TestApp::start(Backend::Sqlite).await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    owner.sees("No conversations yet").await;
    let tools = DevTools::connect(&owner).await;
    let inbox = owner.driver.window().await.expect("a window is open").to_string();
    let other = tools.must(None, "Target.createTarget", json!({ "url": "about:blank" })).await;
    tools.must(None, "Target.activateTarget", json!({ "targetId": other["targetId"] })).await;
    eventually("a hidden tab", async || (visibility(&owner).await == "hidden").then_some(())).await;

    app.text_in("+13035550147", "While you were away").await;
    tools.must(None, "Target.activateTarget", json!({ "targetId": inbox })).await;
    eventually("a tab that is shown", async || (visibility(&owner).await == "visible").then_some(())).await;
    owner.learns_of_the_link("(303) 555-0147").await;
    owner.learns_of_the_link("Notifications 1 unread").await;
}

async fn visibility(person: &Person) -> String {
    let state = person.driver.execute("return document.visibilityState", vec![]).await.expect("a page is open");
    state.convert().expect("a word")
}

async fn what_happens_between_a_page_and_its_stream_is_not_missed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get("/conversations").await;
    let mut stream = Stream::after(&owner, &page).await;
    app.text_in("+13035550101", "Hi").await;
    assert!(!stream.until("event: conversation").await.contains("resync"), "nothing was missed");

    let page = owner.get("/conversations").await;
    app.text_in("+13035550101", "Hello?").await;
    Stream::after(&owner, &page).await.until("event: resync").await;
}

#[tokio::test]
async fn a_browser_knows_what_was_last_before_its_page_was_drawn() {
    let app = TestApp::start(Backend::Sqlite).await;
    app.text_in("+13035550101", "Hi").await;
    let browser = Browser::open(app.url()).await;
    browser.visit("/sign-in").await;
    let script =
        "return performance.getEntriesByType('navigation')[0].serverTiming.find(t => t.name === 'live').description";
    let last = browser.driver.execute(script, vec![]).await.expect("it says so").json().clone();
    assert!(last.as_str().and_then(|last| last.parse::<u64>().ok()).is_some_and(|last| last > 0), "{last}");
}
