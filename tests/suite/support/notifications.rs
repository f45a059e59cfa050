//! Real notifications: pushes delivered into the browser's own service worker, what it shows, and a click on that.

use serde_json::{Value, json};

use super::browser::Browser;
use super::devtools::DevTools;
use super::eventually;

/// The notifications of one site in one browser, which the person has allowed.
pub struct Notifications {
    tools: DevTools,
    page: String,
    origin: String,
}

impl Notifications {
    /// Allows them for the site of the open page and begins to watch. The page need not have a service worker yet.
    pub async fn allow(browser: &Browser) -> Notifications {
        let tools = DevTools::connect(browser).await;
        let origin = browser.driver.current_url().await.expect("a page is open").origin().ascii_serialization();
        let allowed = json!({ "origin": origin, "permissions": ["notifications"] });
        tools.must(None, "Browser.grantPermissions", allowed).await;
        // Chromium's window handles are its DevTools targets
        let window = browser.driver.window().await.expect("a window is open");
        let page = tools.attach(&window.to_string()).await;
        tools.must(Some(&page), "ServiceWorker.enable", json!({})).await;
        let service = json!({ "service": "notifications" });
        tools.must(Some(&page), "BackgroundService.startObserving", service).await;
        let record = json!({ "service": "notifications", "shouldRecord": true });
        tools.must(Some(&page), "BackgroundService.setRecording", record).await;
        Notifications { tools, page, origin }
    }

    /// Hands the service worker a push with this decrypted payload, and waits until it has shown something for it.
    pub async fn deliver(&self, payload: &str) {
        let registration = eventually("a service worker", async || self.registration()).await;
        let before = self.displayed();
        let push = json!({ "origin": self.origin, "registrationId": registration, "data": payload });
        self.tools.must(Some(&self.page), "ServiceWorker.deliverPushMessage", push).await;
        // Asked before this event, getNotifications() makes the browser forget one in two
        eventually("a notification", async || (self.displayed() > before).then_some(())).await;
    }

    /// What is on the screen: `{title, body, tag, data}` each.
    pub async fn shown(&self) -> Vec<Value> {
        let script = "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => \
            all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))";
        let shown = self.tools.evaluate(&self.page, script).await.expect("the page has a service worker");
        shown.as_array().expect("a list").clone()
    }

    /// Clicks the notification with this tag. It is no click of a real hand: `navigate` works, while `focus` and
    /// `openWindow` are refused by the browser. Answers what the service worker made of it: "done" or why not.
    pub async fn click(&self, tag: &str) -> String {
        let target = eventually("a running service worker", async || self.worker_target().await).await;
        let worker = self.tools.attach(&target).await;
        let script = format!("({CLICK})({})", json!(tag));
        let outcome = self.tools.evaluate(&worker, &script).await.unwrap_or_else(|error| panic!("{error}"));
        outcome.as_str().expect("words").to_owned()
    }

    fn displayed(&self) -> usize {
        let events = self.tools.events("BackgroundService.backgroundServiceEventReceived");
        let name = |event: &Value| event["backgroundServiceEvent"]["eventName"].as_str().map(str::to_owned);
        events.iter().filter(|event| name(&event.params).as_deref() == Some("Notification displayed")).count()
    }

    /// The registration of this site whose worker is active, by the newest word of the browser.
    fn registration(&self) -> Option<String> {
        let scope_is_ours = |scope: &str| scope.starts_with(&format!("{}/", self.origin));
        let versions = self.tools.events("ServiceWorker.workerVersionUpdated");
        let active = versions.iter().flat_map(|event| event.params["versions"].as_array().into_iter().flatten());
        let active: Vec<_> =
            active.filter(|v| v["status"] == "activated").filter_map(|v| v["registrationId"].as_str()).collect();
        let registrations = self.tools.events("ServiceWorker.workerRegistrationUpdated");
        let registrations =
            registrations.iter().flat_map(|e| e.params["registrations"].as_array().into_iter().flatten());
        registrations
            .filter(|r| r["isDeleted"] != true && r["scopeURL"].as_str().is_some_and(scope_is_ours))
            .filter_map(|r| r["registrationId"].as_str())
            .rfind(|id| active.contains(id))
            .map(str::to_owned)
    }

    async fn worker_target(&self) -> Option<String> {
        let ours = |target: &Value| {
            target["type"] == "service_worker"
                && target["url"].as_str().is_some_and(|url| url.starts_with(&self.origin))
        };
        self.tools.targets().await.into_iter().find(ours)?["targetId"].as_str().map(str::to_owned)
    }
}

/// Browsers refuse `waitUntil` on events that a script made, so it is replaced by one that remembers.
const CLICK: &str = r#"async (tag) => {
  const [notification] = await registration.getNotifications({ tag });
  if (!notification) return `no notification has the tag ${tag}`;
  const event = new NotificationEvent("notificationclick", { notification });
  const work = [];
  event.waitUntil = (promise) => work.push(promise);
  self.dispatchEvent(event);
  try { await Promise.all(work); } catch (error) { return String(error); }
  return "done";
}"#;
