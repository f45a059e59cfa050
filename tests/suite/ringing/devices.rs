use chrono::Duration;
use crewline::domain::BuiltInRole;
use crewline::store::sessions;
use serde_json::json;

use super::{Bell, CLIENT, subscribe, word};
use crate::support::app::{Backend, for_both};
use crate::support::push_service::FakeBrowser;

for_both!(
    a_browser_rings_for_whoever_signed_in_there_last,
    an_address_without_its_keys_takes_nobodys_device,
    signing_out_ends_the_subscriptions_of_that_browser_only,
    deactivation_ends_every_subscription_and_coming_back_revives_none,
    a_session_that_is_too_old_takes_its_devices_along,
    a_test_rings_ones_own_devices_once,
    nobody_has_more_than_twenty_devices_and_the_oldest_gives_way,
    ones_own_device_can_be_removed_and_nobody_elses,
);

async fn a_browser_rings_for_whoever_signed_in_there_last(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let manager = bell.app.user("Mia Manager", BuiltInRole::BusinessManager);
    let (_, shared) = bell.device_of(bell.app.owner(), "shared").await;
    bell.app.text_in(CLIENT, "queued for the Owner").await;
    subscribe(&bell.app.sign_in(manager).await, &shared).await;
    assert!(bell.subscriptions(bell.app.owner()).is_empty());
    assert_eq!(bell.subscriptions(manager).len(), 1);
    assert!(bell.bodies(&shared).await.is_empty(), "what was meant for the Owner is not shown to Mia");

    bell.app.text_in(CLIENT, "for Mia").await;
    assert_eq!(bell.bodies(&shared).await, ["for Mia"], "once, although both are told in the app");
}

async fn an_address_without_its_keys_takes_nobodys_device(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let stranger = bell.app.user("Sam Stranger", BuiltInRole::SalesPerson);
    let (owner, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let guessed = bell.pushes.subscribe("phone");
    assert_eq!(guessed.endpoint, phone.endpoint);
    let answer = bell.app.sign_in(stranger).await.post_json("/push/subscriptions", &guessed.to_json()).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(bell.subscriptions(stranger).is_empty());

    subscribe(&owner, &phone).await;
    assert_eq!(bell.subscriptions(bell.app.owner()).len(), 1, "the same browser once more is the same device");
    bell.app.text_in(CLIENT, "Hello").await;
    assert_eq!(bell.bodies(&phone).await, ["Hello"]);
}

async fn signing_out_ends_the_subscriptions_of_that_browser_only(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (at_phone, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let (_, laptop) = bell.device_of(bell.app.owner(), "laptop").await;
    bell.app.text_in(CLIENT, "both").await;
    assert_eq!(bell.bodies(&phone).await, ["both"]);

    bell.app.text_in(CLIENT, "queued").await;
    assert_eq!(at_phone.post("/sign-out").await.status, 303);
    assert_eq!(bell.subscriptions(bell.app.owner()).len(), 1);
    assert_eq!(bell.bodies(&phone).await, ["both"], "not even what was queued");
    assert_eq!(bell.bodies(&laptop).await, ["both", "queued"]);
}

async fn deactivation_ends_every_subscription_and_coming_back_revives_none(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let manager = bell.app.user("Mia Manager", BuiltInRole::BusinessManager);
    let (actor, phone) = bell.device_of(manager, "phone").await;
    bell.app.text_in(CLIENT, "while she is here").await;
    assert_eq!(bell.bodies(&phone).await, ["while she is here"]);

    bell.app.set_active(manager, false);
    assert!(bell.subscriptions(manager).is_empty());
    assert_eq!(actor.post_json("/push/subscriptions", &phone.to_json()).await.status, 401);
    bell.app.set_active(manager, true);
    bell.app.text_in(CLIENT, "after she came back").await;
    assert_eq!(bell.bodies(&phone).await, ["while she is here"]);
}

/// A phone that rings need not be opened for its session to grow old.
async fn a_session_that_is_too_old_takes_its_devices_along(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let owner = bell.app.owner();
    let (actor, _) = bell.device_of(owner, "phone").await;
    let sweep = || {
        let now = bell.app.now();
        bell.app.write(|tx| Ok(sessions::delete_expired(tx, now)?))
    };
    for days in [29, 58, 87, 116, 145, 174] {
        bell.app.advance(Duration::days(29));
        assert_eq!(actor.get("/settings/devices").await.status, 200, "used again after {days} days");
        assert_eq!(sweep(), 0);
    }
    assert_eq!(bell.subscriptions(owner).len(), 1);
    bell.app.advance(Duration::days(6));
    assert_eq!(actor.get("/settings/devices").await.status, 303, "after 180 days one signs in again");
    assert_eq!(sweep(), 1);
    assert!(bell.subscriptions(owner).is_empty());
}

async fn a_test_rings_ones_own_devices_once(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let manager = bell.app.user("Mia Manager", BuiltInRole::BusinessManager);
    let (owner, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let (_, laptop) = bell.device_of(bell.app.owner(), "laptop").await;
    let (_, foreign) = bell.device_of(manager, "foreign").await;
    assert_eq!(owner.post("/push/test").await.status, 202);
    for device in [&phone, &laptop] {
        let rung = bell.rung(device).await;
        assert_eq!(rung.len(), 1, "{}", device.device);
        assert_eq!(word(&rung[0].payload, "kind"), "test");
        for name in ["title", "body", "url", "tag"] {
            assert!(!word(&rung[0].payload, name).is_empty());
        }
    }
    assert!(bell.rung(&foreign).await.is_empty());
}

async fn nobody_has_more_than_twenty_devices_and_the_oldest_gives_way(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let owner = bell.app.owner();
    let (actor, oldest) = bell.device_of(owner, "device-0").await;
    for number in 1..20 {
        subscribe(&actor, &bell.pushes.subscribe(&format!("device-{number}"))).await;
    }
    let holds = |device: &FakeBrowser| bell.subscriptions(owner).iter().any(|row| row.endpoint == device.endpoint);
    assert!(bell.subscriptions(owner).len() == 20 && holds(&oldest));
    let newest = bell.pushes.subscribe("device-20");
    subscribe(&actor, &newest).await;
    assert!(bell.subscriptions(owner).len() == 20 && !holds(&oldest) && holds(&newest));
}

async fn ones_own_device_can_be_removed_and_nobody_elses(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let manager = bell.app.user("Mia Manager", BuiltInRole::BusinessManager);
    let (owner, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let (mia, _) = bell.device_of(manager, "mias").await;
    let named = json!({ "endpoint": phone.endpoint });
    assert_eq!(mia.post_json("/push/subscriptions/removal", &named).await.status, 204);
    assert_eq!(bell.subscriptions(bell.app.owner()).len(), 1, "it is not hers");
    assert_eq!(owner.post_json("/push/subscriptions/removal", &named).await.status, 204);
    assert!(bell.subscriptions(bell.app.owner()).is_empty());
    bell.app.text_in(CLIENT, "Hello").await;
    assert!(bell.bodies(&phone).await.is_empty());
}
