//! Somebody of the staff at a browser, signed in, who waits for news or asks for them.

use std::ops::Deref;

use crewline::domain::UserId;

use crate::support::app::{PASSWORD, TestApp};
use crate::support::browser::{Browser, Look};
use crate::support::{PATIENCE, within};

/// With scripts their page tells them by itself, and is never loaded anew; without they load it again and again.
pub struct Person {
    browser: Browser,
    scripts: bool,
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Person {
    pub async fn at(app: &TestApp, user: UserId, look: Look) -> Person {
        let browser = Browser::open_as(app.url(), look).await;
        browser.arrives_at("/sign-in").await;
        browser.fill("E-mail", &app.email(user)).await;
        browser.fill("Password", PASSWORD).await;
        browser.click_button("Sign in").await;
        browser.arrives_at("/conversations").await;
        let person = Person { browser, scripts: look.scripts };
        person.begins_to_wait().await;
        person
    }

    /// Opens an address and stays there.
    pub async fn goes_to(&self, path: &str) {
        self.visit(path).await;
        self.begins_to_wait().await;
    }

    /// Sees this sooner or later, without having done anything but wait.
    pub async fn learns(&self, text: &str) {
        self.until(&format!("learns \"{text}\""), async || self.text().await.contains(text)).await;
    }

    pub async fn learns_of_the_link(&self, name: &str) {
        let there = async || matches!(self.find("link", name).await, Ok(Some(_)));
        self.until(&format!("learns of the link \"{name}\""), there).await;
    }

    pub async fn learns_of_the_button(&self, name: &str) {
        let there = async || matches!(self.find("button", name).await, Ok(Some(_)));
        self.until(&format!("learns of the button \"{name}\""), there).await;
    }

    async fn until(&self, what: &str, came_true: impl AsyncFn() -> bool) {
        let waited = within(PATIENCE, async || {
            if !self.scripts {
                self.reload().await;
            }
            came_true().await.then_some(())
        });
        if waited.await.is_none() {
            self.screenshot("failed/person").await;
            panic!("nobody ever {what} at {}\n  {}", self.path().await, self.text().await);
        }
        assert!(!self.scripts || self.has_waited().await, "the page was loaded anew before somebody {what}");
    }

    /// A page that is loaded anew forgets this mark.
    async fn begins_to_wait(&self) {
        if self.scripts {
            self.driver.execute("window.waiting = true", vec![]).await.expect("a page is open");
        }
    }

    async fn has_waited(&self) -> bool {
        let waited = self.driver.execute("return window.waiting === true", vec![]).await;
        waited.is_ok_and(|waited| waited.json() == true)
    }
}
