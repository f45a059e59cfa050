//! Every page as a picture, to be looked at: light and dark, on a phone and at a desk, with nothing, something and far
//! too much on it. What a program can see of a picture is asserted here.

mod album;
mod automations;
mod clients;
mod company;
mod imports;
mod later;
mod people;
mod roles;
mod rules;
mod templates;
mod texts;

use crewline::domain::{BuiltInRole, ConversationId};

use crate::support::app::{Backend, TestApp};
use album::{Album, COMPANY, LOOKS, find};

#[tokio::test]
async fn every_page_of_the_demo_company_fits_its_screen_and_keeps_the_console_quiet() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let owner = app.user_named("Dana Whitaker");
    let maria = find(&app, "Maria Delgado").await;
    let crowded = find(&app, "Maximiliana").await;
    for number in 1..=28 {
        let name = format!("Bartholomew Featherstonehaugh-Cholmondeley {number}");
        app.assign(crowded, app.user(&name, BuiltInRole::SalesPerson));
    }

    let visitor = Album::open(app.url()).await;
    visitor.picture("sign-in", "/sign-in", &format!("Sign in · {COMPANY}")).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(owner)).await;
    album.picture("conversations", "/conversations", &format!("SMS Conversations · {COMPANY}")).await;
    album
        .picture("conversations-nothing-found", "/conversations?q=zzz", &format!("SMS Conversations · {COMPANY}"))
        .await;
    album
        .picture("conversations-closed", "/conversations?filter=closed", &format!("SMS Conversations · {COMPANY}"))
        .await;
    album.picture("conversation", &format!("/conversations/{maria}"), &format!("Maria Delgado · {COMPANY}")).await;
    album.begins_at_the_newest_text().await;
    album.picture_of_the_picker(maria).await;
    let long_name = "Maximiliana Konstantina von Hohenstein-Papadopoulos-Featherstonehaugh";
    album
        .picture("conversation-crowded", &format!("/conversations/{crowded}"), &format!("{long_name} · {COMPANY}"))
        .await;
    let opted_out = find(&app, "Gail Sorensen").await;
    album
        .picture("conversation-locked", &format!("/conversations/{opted_out}"), &format!("Gail Sorensen · {COMPANY}"))
        .await;
    album.picture("new-text", "/conversations/new", &format!("New text · {COMPANY}")).await;
    album.picture("notifications", "/notifications", &format!("Notifications · {COMPANY}")).await;
    album.picture("devices", "/settings/devices", &format!("My devices · {COMPANY}")).await;
    album.picture("profile", "/settings/profile", &format!("My profile · {COMPANY}")).await;
    album.picture("simulator", "/simulator", &format!("Phone simulator · {COMPANY}")).await;
    album.complaints(0).await;
    // The browser complains of the 404 itself, once for each width
    album.picture("nothing-here", "/nowhere", "Nothing here · Crewline").await;
    album.complaints(2).await;
    visitor.complaints(0).await;
}

#[tokio::test]
async fn every_page_of_a_company_without_texts_says_what_comes_next() {
    let app = TestApp::start(Backend::Sqlite).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.owner())).await;
    album.picture("empty-conversations", "/conversations", "SMS Conversations · Crew & Sons Roofing").await;
    album.browser.sees("They begin when a client texts one of your numbers").await;
    album.picture("empty-notifications", "/notifications", "Notifications · Crew & Sons Roofing").await;
    album.browser.sees("it is listed here with the reason").await;
    album.complaints(0).await;
}

#[tokio::test]
async fn the_first_page_of_all_fits_too() {
    let app = TestApp::planned(Backend::Sqlite).empty().start().await;
    let link = app.setup_link.clone().expect("nobody is here");
    let album = Album::open(app.url()).await;
    let path = link.strip_prefix(app.url()).expect("it is ours");
    album.picture("setup", path, "Set up · Crewline").await;
    album.complaints(0).await;
}

/// `CREWLINE_TEST_README=1 tests/run readme` draws the README's picture anew.
#[tokio::test]
async fn the_picture_of_the_readme_is_a_real_page() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let maria = find(&app, "Maria Delgado").await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.user_named("Dana Whitaker"))).await;
    album.browser.visit(&format!("/conversations/{maria}")).await;
    album.browser.sees_a("button", "Assign someone").await;
    let drawn = album.browser.screenshot("pages/readme").await;
    let in_the_readme = concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/dashboard.png");
    if std::env::var_os("CREWLINE_TEST_README").is_some() {
        std::fs::copy(&drawn, in_the_readme).expect("it can be written");
    }
    let picture = std::fs::read(in_the_readme).expect("the README's picture is there");
    // Width and height stand in the PNG's header
    assert_eq!(picture[16..24], [0, 0, 0x05, 0xA0, 0, 0, 0x03, 0x84], "1440 by 900");
    assert!(picture.len() < 300 * 1024, "{} bytes", picture.len());
}

impl Album {
    /// The thread is longer than its pane, and its last text is in sight.
    async fn begins_at_the_newest_text(&self) {
        let seen =
            "const log = document.querySelector('[role=log]'), last = [...log.querySelectorAll('article')].at(-1);
            return [log.scrollHeight > log.clientHeight,
                last.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1]";
        let seen = self.browser.driver.execute(seen, vec![]).await.expect("a page is open");
        assert_eq!(seen.json(), &serde_json::json!([true, true]));
    }

    async fn picture_of_the_picker(&self, conversation: ConversationId) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit(&format!("/conversations/{conversation}")).await;
                self.browser.click_button("Assign someone").await;
                self.browser.sees_a("button", "Michael Scott").await;
            }
            self.keep("conversation-picker", words).await;
        }
    }
}
