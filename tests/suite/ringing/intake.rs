use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Bell, CLIENT, subscribe};
use crate::support::app::{Backend, for_both};
use crate::support::push_service::FakeBrowser;

for_both!(
    what_cannot_be_rung_safely_is_refused_and_not_stored,
    only_who_is_signed_in_may_subscribe_or_learn_the_key,
    the_public_key_is_the_one_that_pushes_are_signed_with,
);

async fn what_cannot_be_rung_safely_is_refused_and_not_stored(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let owner = bell.app.owner();
    let actor = bell.app.sign_in(owner).await;
    let sound = FakeBrowser::new("https://fcm.googleapis.com", "phone").to_json();
    let at = |endpoint: &str| with(&sound, "/endpoint", endpoint);
    let long = format!("https://fcm.googleapis.com/{}", "x".repeat(3_000));
    let unsound = [
        ("a compressed point", with(&sound, "/keys/p256dh", &compressed(&sound))),
        ("a point off the curve", with(&sound, "/keys/p256dh", &URL_SAFE_NO_PAD.encode([4; 65]))),
        ("a short secret", with(&sound, "/keys/auth", &URL_SAFE_NO_PAD.encode([7; 15]))),
        ("a secret that is no base64", with(&sound, "/keys/auth", "****")),
        ("http", at("http://fcm.googleapis.com/push/phone")),
        ("a foreign host", at("https://push.evil.example/push/phone")),
        ("a host that only ends alike", at("https://evilfcm.googleapis.com/push/phone")),
        ("an IPv4 address", at("https://127.0.0.1/push/phone")),
        ("an IPv6 address", at("https://[::1]/push/phone")),
        ("an IPv4 address as a number", at("https://2130706433/push/phone")),
        ("another port", at("https://fcm.googleapis.com:8443/push/phone")),
        ("another port of the extra origin's host", at("http://127.0.0.1:1/push/phone")),
        ("a user name", at("https://fcm.googleapis.com@evil.example/push/phone")),
        ("a user name at a known host", at("https://me:secret@fcm.googleapis.com/push/phone")),
        ("3,000 characters", at(&long)),
        ("no address", at("foo")),
        ("an empty address", at("")),
        ("no keys", json!({ "endpoint": sound["endpoint"] })),
        ("keys that are none", json!({ "endpoint": sound["endpoint"], "keys": null })),
        ("a list", json!([])),
    ];
    for (what, subscription) in &unsound {
        let answer = actor.post_json("/push/subscriptions", subscription).await;
        assert_eq!(answer.status, 422, "{what}: {}", answer.body);
    }
    assert!(bell.subscriptions(owner).is_empty());

    let answer = actor.post_json("/push/subscriptions", &sound).await;
    assert_eq!(answer.status, 201, "only what was changed was wrong with them: {}", answer.body);
    assert_eq!(bell.subscriptions(owner).len(), 1);
}

async fn only_who_is_signed_in_may_subscribe_or_learn_the_key(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let visitor = bell.app.visitor();
    let browser = bell.pushes.subscribe("phone");
    assert_eq!(visitor.post_json("/push/subscriptions", &browser.to_json()).await.status, 401);
    assert_eq!(visitor.post("/push/test").await.status, 401);
    assert_ne!(visitor.get("/push/public-key").await.status, 200);

    let elsewhere = bell.app.sign_in(bell.app.owner()).await;
    let forged = elsewhere.without_origin(reqwest::Method::POST, "/push/subscriptions").json(&browser.to_json());
    assert_eq!(elsewhere.send(forged).await.status, 403, "no other site may subscribe a browser here");
    assert!(bell.subscriptions(bell.app.owner()).is_empty());
    subscribe(&elsewhere, &browser).await;
}

async fn the_public_key_is_the_one_that_pushes_are_signed_with(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (actor, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let told: Value = serde_json::from_str(&actor.get("/push/public-key").await.body).expect("JSON");
    let key = told["public_key"].as_str().expect("a key");
    let point = URL_SAFE_NO_PAD.decode(key).expect("base64url without padding");
    assert_eq!((point.len(), point[0]), (65, 4), "what a browser takes as applicationServerKey");

    bell.app.text_in(CLIENT, "Hello").await;
    let rung = bell.rung(&phone).await;
    let authorization = rung[0].headers["authorization"].as_str().expect("a header");
    let signed_with = authorization.split_once("k=").expect("a key").1;
    assert_eq!(signed_with.split(',').next(), Some(key));
}

fn with(sound: &Value, pointer: &str, value: &str) -> Value {
    let mut changed = sound.clone();
    *changed.pointer_mut(pointer).expect("it is there") = value.into();
    changed
}

/// The same point in 33 bytes, which is legal and makes the encryption panic.
fn compressed(sound: &Value) -> String {
    let whole = URL_SAFE_NO_PAD.decode(sound["keys"]["p256dh"].as_str().expect("a key")).expect("base64");
    let odd = whole[64] & 1;
    URL_SAFE_NO_PAD.encode([&[2 + odd], &whole[1..33]].concat())
}
