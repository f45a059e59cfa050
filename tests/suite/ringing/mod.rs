//! Who rings, when, with which words: from what happens in the app to what arrives at a push service.

mod assigned;
mod devices;
mod inbound;
mod intake;
mod outcomes;
mod privacy;

use crewline::domain::UserId;
use crewline::store::push_subscriptions::{self, PushSubscription};
use serde_json::Value;

use crate::support::actor::Actor;
use crate::support::app::{Backend, TestApp};
use crate::support::push_service::{FakeBrowser, PushService, Received};

/// A client, as their gateway writes them and as people read them.
const CLIENT: &str = "+13035550142";
const CLIENT_SHOWN: &str = "(303) 555-0142";

/// An app, and the one push service that it may write to beside the known ones.
struct Bell {
    app: TestApp,
    pushes: PushService,
}

impl Bell {
    async fn hung(backend: Backend) -> Bell {
        let pushes = PushService::start().await;
        let plan = TestApp::planned(backend).with("CREWLINE_PUSH_EXTRA_ORIGINS", &pushes.origin());
        Bell { app: plan.start().await, pushes }
    }

    /// Somebody signs in at a browser and turns notifications on there.
    async fn device_of(&self, user: UserId, device: &str) -> (Actor, FakeBrowser) {
        let actor = self.app.sign_in(user).await;
        let browser = self.pushes.subscribe(device);
        subscribe(&actor, &browser).await;
        (actor, browser)
    }

    /// Does what is due and answers what this browser was sent in all, oldest first.
    async fn rung(&self, browser: &FakeBrowser) -> Vec<Received> {
        self.app.drain().await;
        self.pushes.messages_to(browser).await
    }

    /// What it was sent in all, as the body of each push.
    async fn bodies(&self, browser: &FakeBrowser) -> Vec<String> {
        self.rung(browser).await.iter().map(|push| word(&push.payload, "body").to_owned()).collect()
    }

    fn subscriptions(&self, user: UserId) -> Vec<PushSubscription> {
        self.app.read(|c| push_subscriptions::of_user(c, user))
    }
}

async fn subscribe(actor: &Actor, browser: &FakeBrowser) {
    let answer = actor.post_json("/push/subscriptions", &browser.to_json()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn word<'a>(payload: &'a Value, name: &str) -> &'a str {
    payload[name].as_str().unwrap_or_else(|| panic!("no {name} in {payload}"))
}
