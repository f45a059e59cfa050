//! Every page as a picture, to be looked at: light and dark, on a phone and at a desk, with nothing, something and far
//! too much on it. What a program can see of a picture is asserted here.

use crewline::domain::{BuiltInRole, ConversationId};
use crewline::store::users;
use serde_json::json;

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
async fn every_page_about_people_fits_its_screen() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let (owner, priya) = (app.user_named("Dana Whitaker"), app.user_named("Priya Raman"));
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(owner)).await;
    album.picture("users", "/settings/users", &format!("Users · {COMPANY}")).await;
    album.picture("user", &format!("/settings/users/{priya}"), &format!("Priya Raman · {COMPANY}")).await;
    album.picture_of_the_end("user-end", &format!("/settings/users/{priya}")).await;
    album.picture("user-oneself", &format!("/settings/users/{owner}"), &format!("Dana Whitaker · {COMPANY}")).await;
    album.picture("invite-new", "/settings/invites/new", &format!("Invite · {COMPANY}")).await;
    album.picture("invites-none", "/settings/invites", &format!("Pending invites · {COMPANY}")).await;
    album.invite("Nina New", "nina@summitridge.example").await;
    let invite = album.link_shown("invite-link").await;
    let long_name = "Bartholomew Featherstonehaugh-Cholmondeley-Wolfeschlegelsteinhausenbergerdorff";
    album.invite(long_name, &format!("{}@summitridge.example", "bartholomew.featherstonehaugh".repeat(4))).await;
    for number in 1..=60 {
        let id = app.user(&format!("Person {number}"), BuiltInRole::SalesPerson);
        app.write(|tx| Ok(users::set_name(tx, id, &format!("{long_name} {number}"))?));
    }
    let somebody = app.user_named(&format!("{long_name} 7"));
    let endless = app.user("Endless", BuiltInRole::FieldEmployee);
    app.write(|tx| Ok(users::set_name(tx, endless, &"Ottoline".repeat(60))?));
    app.set_active(endless, false);
    app.set_active(app.user_named(&format!("{long_name} 1")), false);
    album.picture("invites", "/settings/invites", &format!("Pending invites · {COMPANY}")).await;
    album.picture_of_the_end("users-many-end", "/settings/users").await;
    album.picture("users-many", "/settings/users", &format!("Users · {COMPANY}")).await;
    album.picture("users-nobody", "/settings/users?q=zzz", &format!("Users · {COMPANY}")).await;
    album.picture("users-endless", "/settings/users?q=ottoline", &format!("Users · {COMPANY}")).await;
    album
        .picture("user-gone", &format!("/settings/users/{endless}"), &format!("{} · {COMPANY}", "Ottoline".repeat(60)))
        .await;
    album.browser.visit(&format!("/settings/users/{somebody}")).await;
    album.browser.click_button("Make a reset link").await;
    let reset = album.link_shown("reset-link").await;
    let admin = app.sign_in(owner).await;
    let fields = [("active", "no"), ("hand_over", "to"), ("hand_over_to", &owner.to_string())];
    assert_eq!(admin.post_form(&format!("/settings/users/{priya}"), &fields).await.status, 303);
    album.picture("user-handing-over", &format!("/settings/users/{priya}"), &format!("Priya Raman · {COMPANY}")).await;
    album.browser.sees("Being handed over to Dana Whitaker").await;
    app.drain().await;
    album.browser.sees("Handed over to Dana Whitaker").await;
    album.picture("profile-browsers", "/settings/profile", &format!("My profile · {COMPANY}")).await;
    album.complaints(0).await;
    let visitor = Album::open(app.url()).await;
    visitor.picture("invite-opened", &invite, &format!("Join · {COMPANY}")).await;
    visitor.picture("reset-opened", &reset, &format!("New password · {COMPANY}")).await;
    visitor.picture("link-gone", "/invites/nothing", &format!("Link not valid · {COMPANY}")).await;
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

    /// What only who scrolls down sees.
    async fn picture_of_the_end(&self, name: &str, path: &str) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            self.browser.visit(path).await;
            let scroll = "document.getElementById('main').scrollTo(0, 1e6)";
            self.browser.driver.execute(scroll, vec![]).await.expect("a page is open");
            self.keep(name, words).await;
        }
    }

    async fn invite(&self, name: &str, email: &str) {
        self.browser.visit("/settings/invites/new").await;
        self.browser.fill("Name", name).await;
        self.browser.fill("E-mail", email).await;
        self.browser.choose("Role", "Sales Person").await;
        self.browser.click_button("Make the link").await;
        self.browser.sees("It is shown this once").await;
    }

    /// A page that shows a secret link, which is no page to open again. Answers the link's path.
    async fn link_shown(&self, name: &str) -> String {
        self.browser.sees("It is shown this once").await;
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            self.keep(name, words).await;
        }
        let script = "return new URL(document.querySelector('code').textContent).pathname";
        let path = self.browser.driver.execute(script, vec![]).await.expect("a link is shown");
        path.json().as_str().expect("a path").to_owned()
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
