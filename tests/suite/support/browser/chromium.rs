//! How Chromium is started, spoken to and ended.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, RequestData, SessionId};

use super::{Look, chromedriver};

/// A machine without a screen has no mouse either, unless it is told so: one that can hover and points exactly.
const MOUSE: &str =
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";
/// Up to here it is a phone, and fingers do not hover.
const NARROW: u32 = 600;

/// A new session of a new browser.
pub async fn start(profile: &Path, look: Look) -> WebDriver {
    WebDriver::builder(chromedriver::address(), capabilities(profile, look))
        .client(client())
        .connect()
        .await
        .unwrap_or_else(|error| panic!("Chromium does not start: {error}"))
}

/// Chromium's process. The driver has asked it to end by now; one that hangs is ended here.
pub struct Process(Option<u64>);

impl Process {
    pub fn of(driver: &WebDriver) -> Process {
        Process(driver.capabilities().get("goog:processID").and_then(Value::as_u64))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(id) = self.0.filter(|id| Path::new(&format!("/proc/{id}")).exists()) {
            // It may end between the look and the kill
            let _ = Command::new("kill").args(["-9", &id.to_string()]).stderr(Stdio::null()).status();
        }
    }
}

/// It keeps no connection: one that belongs to a test's ended runtime would never answer the goodbye.
fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).timeout(Duration::from_secs(60));
    client.build().expect("a client")
}

fn capabilities(profile: &Path, look: Look) -> ChromeCapabilities {
    let mut chromium = DesiredCapabilities::chrome();
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        "--lang=en-US",
        "--hide-scrollbars",
    ];
    let profile = format!("--user-data-dir={}", profile.display());
    let size = format!("--window-size={},{}", look.width, look.height);
    for argument in arguments.into_iter().chain([profile.as_str(), size.as_str()]) {
        chromium.add_arg(argument).expect("an argument");
    }
    if look.width > NARROW {
        chromium.add_arg(MOUSE).expect("an argument");
    }
    if !look.scripts {
        let never = json!({ "profile.managed_default_content_settings.javascript": 2 });
        chromium.add_experimental_option("prefs", never).expect("a preference");
    }
    chromium
}

/// A DevTools command to the page, by way of the driver.
#[derive(Debug)]
pub struct DevToolsCommand(pub &'static str, pub Value);

impl FormatRequestData for DevToolsCommand {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(http::Method::POST, format!("/session/{session}/goog/cdp/execute"))
            .add_body(json!({ "cmd": self.0, "params": self.1 }))
    }
}
