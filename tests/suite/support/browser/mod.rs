//! A person at a Chromium: they click what they can name and wait for what they can see. Never a CSS class.

mod chromedriver;
mod chromium;
mod eyes;
mod hands;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use url::Url;

use super::{PATIENCE, within};
use chromium::{DevToolsCommand, Process};

/// What the person sits at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Look {
    pub const DESK: Look = Look { width: 1440, height: 900, dark: false, scripts: true };
    pub const PHONE: Look = Look { width: 360, height: 740, dark: false, scripts: true };

    pub fn dark(self) -> Look {
        Look { dark: true, ..self }
    }

    pub fn without_scripts(self) -> Look {
        Look { scripts: false, ..self }
    }
}

/// A browser with a profile of its own: nobody is signed in, nothing is allowed. It ends when dropped.
pub struct Browser {
    /// For what the verbs below do not say.
    pub driver: WebDriver,
    base: Url,
    // In this order they end: the session, the process, the profile on the disk
    _process: Process,
    _profile: TempDir,
}

impl Browser {
    /// At a desk, on the first page of `base_url`.
    pub async fn open(base_url: &str) -> Browser {
        Browser::open_as(base_url, Look::DESK).await
    }

    pub async fn open_as(base_url: &str, look: Look) -> Browser {
        let profile = TempDir::new().expect("there is room for a profile");
        let driver = chromium::start(profile.path(), look).await;
        let process = Process::of(&driver);
        let base = Url::parse(base_url).expect("the app has an address");
        let browser = Browser { driver, base, _process: process, _profile: profile };
        browser.look(look).await;
        browser.visit("/").await;
        browser
    }

    /// Another window size, another colour scheme.
    pub async fn look(&self, look: Look) {
        let size = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let scheme = if look.dark { "dark" } else { "light" };
        // Without motion, so that no picture shows a colour half-way to another
        let features = [("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")];
        let features = features.map(|(name, value)| json!({ "name": name, "value": value }));
        let features = json!({ "features": features });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Types a path into the address bar.
    pub async fn visit(&self, path: &str) {
        let address = self.base.join(path).expect("a path");
        self.driver.goto(address.as_str()).await.unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads again");
    }

    /// The path in the address bar.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.expect("there is a page").path().to_owned()
    }

    /// The page as a picture, at `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let path = screenshots().join(format!("{name}.png"));
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        self.driver.screenshot(&path).await.expect("a picture");
        path
    }

    /// The first element of a role whose accessible name begins with `name`, at this moment.
    pub async fn find(&self, role: &str, name: &str) -> WebDriverResult<Option<WebElement>> {
        let found = self.driver.execute(include_str!("find.js"), vec![json!(role), json!(name)]).await?;
        if found.json().is_null() { Ok(None) } else { found.element().map(Some) }
    }

    /// Does something to an element, as soon as it is there and holds still: a live page may swap it under our hand.
    async fn on<T>(&self, role: &str, name: &str, act: impl AsyncFn(WebElement) -> WebDriverResult<T>) -> T {
        let mut last = None;
        let done = within(PATIENCE, async || match self.find(role, name).await {
            Ok(None) => None,
            Ok(Some(element)) => act(element).await.map_err(|error| last = Some(error)).ok(),
            Err(error) => {
                last = Some(error);
                None
            }
        })
        .await;
        match (done, last) {
            (Some(done), _) => done,
            (None, None) => self.give_up(&format!("never saw the {role} \"{name}\"")).await,
            (None, Some(error)) => self.give_up(&format!("cannot use the {role} \"{name}\": {error}")).await,
        }
    }

    async fn give_up(&self, why: &str) -> ! {
        // Rust names the thread after the test
        let test = std::thread::current().name().unwrap_or("a test").replace("::", "-");
        let picture = self.screenshot(&format!("failed/{test}")).await;
        panic!("the person {why}\n  at {}\n  {}\n  {}", self.path().await, picture.display(), self.text().await)
    }

    async fn devtools(&self, command: &'static str, parameters: Value) {
        self.try_devtools(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    async fn try_devtools(&self, command: &'static str, parameters: Value) -> WebDriverResult<()> {
        self.driver.cmd(DevToolsCommand(command, parameters)).await.map(drop)
    }
}

fn screenshots() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    Path::new(env!("CARGO_MANIFEST_DIR")).join(target).join("screenshots")
}
