//! Every page as a picture, to be looked at: light and dark, on a phone and at a desk, with nothing, something and far
//! too much on it. What a program can see of a picture is asserted here.

use crewline::domain::{BuiltInRole, ConversationId};
use serde_json::json;

use crate::imports;
use crate::support::app::{Backend, PASSWORD, TestApp};
use crate::support::browser::{Browser, Look};
use crate::support::devtools::DevTools;

const PHONE: Look = Look { height: 780, ..Look::PHONE };
/// A page is loaded once for each width; the light changes while it is open.
const LOOKS: [(&str, Look); 4] = [
    ("360-light", PHONE),
    ("360-dark", Look { dark: true, ..PHONE }),
    ("1440-light", Look::DESK),
    ("1440-dark", Look { dark: true, ..Look::DESK }),
];
const COMPANY: &str = "Summit Ridge Roofing";

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

#[tokio::test]
async fn every_page_of_an_import_fits_its_screen() {
    let app = TestApp::start(Backend::Sqlite).await;
    let album = Album::open(app.url()).await;
    let owner = app.sign_in(app.owner()).await;
    album.sign_in(&app.email(app.owner())).await;
    let company = "Crew & Sons Roofing";
    album.picture("imports-empty", "/clients/imports", &format!("Imports · {company}")).await;
    let long = "Bartholomew Featherstonehaugh-Cholmondeley ".repeat(9);
    let lines: String = (0..60).map(|n| format!("Client {n},30355{n:05},c{n}@c.example,,Customer\n")).collect();
    let text = format!(
        "Name,Cell phone,E-mail,Anything else that somebody once thought of,Status\n\
         Karen Fields,3035550101,karen@k.example,blue,Lead Received\nKen,12,,,\n{long},,not an address,{long},\n{lines}Bo,x\n"
    );
    let place = imports::uploaded(&owner, &text).await;
    album.picture("import-mapping", &place, &format!("Columns of leads.csv · {company}")).await;
    let import = format!("Import of leads.csv · {company}");
    owner.post_form(&format!("{place}/mapping"), &[]).await;
    album.picture("import-progress", &place, &import).await;
    app.drain().await;
    album.picture("import-preview", &place, &import).await;
    album.picture("import-problems", &format!("{place}?outcome=bad"), &import).await;
    owner.post(&format!("{place}/run")).await;
    app.drain().await;
    album.picture("import-done", &place, &import).await;
    app.text_in("+13035500001", "Hi").await;
    imports::uploaded(&owner, &text).await;
    album.picture("imports", "/clients/imports", &format!("Imports · {company}")).await;
    owner.post(&format!("{place}/undo")).await;
    app.drain().await;
    album.picture("import-undone", &format!("{place}?outcome=kept"), &import).await;
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

/// The thread with this client.
async fn find(app: &TestApp, client: &str) -> ConversationId {
    let owner = app.sign_in(app.user_named("Dana Whitaker")).await;
    let found = owner.get(&format!("/conversations?q={}", client.replace(' ', "+"))).await;
    let links = found.attributes("li.row a", "href");
    assert!(!links.is_empty(), "nobody texts with {client}");
    links[0].rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number")
}

/// A browser that draws pages, and listens to what they complain of.
struct Album {
    browser: Browser,
    tools: DevTools,
}

impl Album {
    async fn open(url: &str) -> Album {
        let browser = Browser::open(url).await;
        let tools = DevTools::connect(&browser).await;
        let window = browser.driver.window().await.expect("a window is open").to_string();
        let page = tools.attach(&window).await;
        tools.must(Some(&page), "Log.enable", json!({})).await;
        tools.must(Some(&page), "Runtime.enable", json!({})).await;
        Album { browser, tools }
    }

    async fn sign_in(&self, email: &str) {
        self.browser.visit("/sign-in").await;
        self.browser.fill("E-mail", email).await;
        self.browser.fill("Password", PASSWORD).await;
        self.browser.click_button("Sign in").await;
        self.browser.arrives_at("/conversations").await;
    }

    async fn picture(&self, name: &str, path: &str, title: &str) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit(path).await;
                assert_eq!(self.browser.driver.title().await.expect("a page is open"), title);
            }
            self.keep(name, words).await;
        }
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

    async fn keep(&self, name: &str, look: &str) {
        let wider = "return document.scrollingElement.scrollWidth - innerWidth";
        let wider = self.browser.driver.execute(wider, vec![]).await.expect("a page is open");
        let picture = self.browser.screenshot(&format!("pages/{name}-{look}")).await;
        assert!(
            wider.json().as_i64().is_some_and(|pixels| pixels <= 0),
            "{} is too wide: {wider:?}",
            picture.display()
        );
    }

    /// Errors and warnings of the console, what the content policy refused, scripts that threw: so many and no more.
    async fn complaints(&self, expected: usize) {
        let entries = self.tools.events("Log.entryAdded").into_iter().map(|event| event.params["entry"].clone());
        let calls = self.tools.events("Runtime.consoleAPICalled").into_iter().map(|event| event.params);
        let thrown = self.tools.events("Runtime.exceptionThrown").into_iter().map(|event| event.params);
        let is_bad = |word: &serde_json::Value| ["error", "warning"].contains(&word.as_str().unwrap_or_default());
        let complaints: Vec<_> = entries
            .filter(|entry| is_bad(&entry["level"]))
            .chain(calls.filter(|call| is_bad(&call["type"])))
            .chain(thrown)
            .collect();
        assert_eq!(complaints.len(), expected, "{complaints:#?}");
    }
}
