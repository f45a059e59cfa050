//! A device is made to ring, a client writes, the bell rings on it, and a click on the notification opens the thread.

use serde_json::{Value, json};

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;
use crate::support::devtools::DevTools;
use crate::support::notifications::Notifications;
use crate::support::push_service::{FakeBrowser, PushService};

for_both!(a_device_rings_after_its_button_was_pressed_and_a_click_opens_the_thread);

async fn a_device_rings_after_its_button_was_pressed_and_a_click_opens_the_thread(backend: Backend) {
    let service = PushService::start().await;
    let app = TestApp::planned(backend).working().with("CREWLINE_PUSH_EXTRA_ORIGINS", &service.origin()).start().await;
    let owner = Person::at(&app, app.owner(), Look::DESK).await;
    let phone = service.subscribe("phone");
    let tools = DevTools::connect(&owner).await;
    let window = owner.driver.window().await.expect("a window is open").to_string();
    let page = tools.attach(&window).await;
    tools.must(Some(&page), "Page.enable", json!({})).await;
    let watched = json!({ "source": watching(&phone) });
    tools.must(Some(&page), "Page.addScriptToEvaluateOnNewDocument", watched).await;

    // Nothing asks before the button is pressed, on no page
    for path in ["/conversations", "/notifications", "/settings/profile", "/settings/devices"] {
        owner.goes_to(path).await;
        assert_eq!(asked(&owner).await, json!([]), "{path}");
    }
    assert_eq!(permission(&owner).await, "default");
    owner.sees("No device rings yet").await;

    // A person who says yes
    let notifications = Notifications::allow(&owner).await;
    owner.click_button("Notify me on this device").await;
    owner.sees("This device will be notified.").await;
    assert_eq!(asked(&owner).await, json!(["permission", "subscribe with our key"]));
    owner.learns("Chrome on Linux").await;
    owner.learns("has not rung yet").await;
    owner.does_not_see("No device rings yet").await;

    // A client writes; what left us is what the service worker gets
    owner.goes_to("/conversations").await;
    let conversation = app.text_in("+13035550147", "Is the roof done? 😀").await;
    let arrived = service.wait_for_messages(&phone, 1).await;
    let payload = &arrived[0].payload;
    let thread = format!("/conversations/{conversation}");
    assert_eq!(payload["url"], thread);
    notifications.deliver(&payload.to_string()).await;
    let shown = notifications.shown().await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["title"], "(303) 555-0147");
    assert_eq!(shown[0]["body"], "Is the roof done? 😀");
    assert_eq!(shown[0]["tag"], payload["tag"]);

    // The open tab goes there
    assert_eq!(notifications.click(payload["tag"].as_str().expect("a tag")).await, "done");
    owner.arrives_at(&thread).await;
    owner.sees("Is the roof done? 😀").await;
    assert_eq!(notifications.shown().await, Vec::<Value>::new());
    assert_eq!(owner.driver.windows().await.expect("a browser").len(), 1);

    owner.goes_to("/settings/devices").await;
    owner.sees("last rang").await;
    owner.click_button("Remove").await;
    owner.sees("No device rings yet").await;
}

/// Writes down what a page asks of the person. Chromium subscribes at Google's service, which is out of reach here,
/// so ours stands in for it; everything else is the browser's own.
fn watching(phone: &FakeBrowser) -> String {
    const WATCH: &str = r#"
        window.asked = [];
        const ask = Notification.requestPermission.bind(Notification);
        Notification.requestPermission = () => { asked.push("permission"); return ask(); };
        PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
          asked.push(userVisibleOnly && applicationServerKey.length === 65 ? "subscribe with our key" : "subscribe");
          return { endpoint: PHONE.endpoint, options: { applicationServerKey }, toJSON: () => PHONE };
        };"#;
    WATCH.replace("PHONE", &format!("({})", phone.to_json()))
}

async fn asked(person: &Person) -> Value {
    person.driver.execute("return window.asked", vec![]).await.expect("a page is open").json().clone()
}

async fn permission(person: &Person) -> Value {
    person.driver.execute("return Notification.permission", vec![]).await.expect("a page is open").json().clone()
}
