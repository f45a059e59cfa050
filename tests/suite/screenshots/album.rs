//! A browser that draws every page four times: light and dark, on a phone and at a desk.

use crewline::domain::ConversationId;
use serde_json::json;

use crate::support::app::{PASSWORD, TestApp};
use crate::support::browser::{Browser, Look};
use crate::support::devtools::DevTools;

const PHONE: Look = Look { height: 780, ..Look::PHONE };
/// A page is loaded once for each width; the light changes while it is open.
pub const LOOKS: [(&str, Look); 4] = [
    ("360-light", PHONE),
    ("360-dark", Look { dark: true, ..PHONE }),
    ("1440-light", Look::DESK),
    ("1440-dark", Look { dark: true, ..Look::DESK }),
];
pub const COMPANY: &str = "Summit Ridge Roofing";

/// The thread with this client.
pub async fn find(app: &TestApp, client: &str) -> ConversationId {
    let owner = app.sign_in(app.user_named("Dana Whitaker")).await;
    let found = owner.get(&format!("/conversations?q={}", client.replace(' ', "+"))).await;
    let links = found.attributes("li.row a", "href");
    assert!(!links.is_empty(), "nobody texts with {client}");
    links[0].rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number")
}

/// A browser that draws pages, and listens to what they complain of.
pub struct Album {
    pub browser: Browser,
    tools: DevTools,
}

impl Album {
    pub async fn open(url: &str) -> Album {
        let browser = Browser::open(url).await;
        let tools = DevTools::connect(&browser).await;
        let window = browser.driver.window().await.expect("a window is open").to_string();
        let page = tools.attach(&window).await;
        tools.must(Some(&page), "Log.enable", json!({})).await;
        tools.must(Some(&page), "Runtime.enable", json!({})).await;
        Album { browser, tools }
    }

    pub async fn sign_in(&self, email: &str) {
        self.browser.visit("/sign-in").await;
        self.browser.fill("E-mail", email).await;
        self.browser.fill("Password", PASSWORD).await;
        self.browser.click_button("Sign in").await;
        self.browser.arrives_at("/conversations").await;
    }

    pub async fn picture(&self, name: &str, path: &str, title: &str) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit(path).await;
                assert_eq!(self.browser.driver.title().await.expect("a page is open"), title);
            }
            self.keep(name, words).await;
        }
    }

    /// The page in its full height, after something was done on it.
    pub async fn whole_page(&self, name: &str, path: &str, prepare: impl AsyncFn(&Browser)) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit(path).await;
                prepare(&self.browser).await;
            }
            let height =
                self.browser.driver.execute("return document.querySelector('.page').scrollHeight", vec![]).await;
            let height = height.expect("a page is open").json().as_u64().expect("a height");
            let height = u32::try_from(height).expect("a page") + 80;
            self.browser.look(Look { height: height.clamp(look.height, 6_000), ..look }).await;
            self.keep(name, words).await;
        }
    }

    /// What only who scrolls down sees.
    pub async fn picture_of_the_end(&self, name: &str, path: &str) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            self.browser.visit(path).await;
            let scroll = "document.getElementById('main').scrollTo(0, 1e6)";
            self.browser.driver.execute(scroll, vec![]).await.expect("a page is open");
            self.keep(name, words).await;
        }
    }

    pub async fn keep(&self, name: &str, look: &str) {
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
    pub async fn complaints(&self, expected: usize) {
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
