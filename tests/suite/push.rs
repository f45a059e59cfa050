//! Our pushes, read by code that is not ours.

use chrono::{Duration, NaiveDateTime, Utc};
use crewline::push::{
    EndpointGuard, PushMessage, PushOutcome, PushSender, Subscription, Urgency, VapidContact, VapidKey, WebPushSender,
};
use serde_json::json;

use crate::support::push_service::{Answer, FakeBrowser, PushService};

#[tokio::test]
async fn a_push_is_decrypted_and_its_token_verified_by_code_that_is_not_ours() {
    let service = PushService::start().await;
    let (phone, laptop) = (service.subscribe("phone"), service.subscribe("laptop"));
    let payload = json!({ "title": "Maria Lopez", "body": "Is the roof done? 😀" });
    assert_eq!(send(&service, &phone, &payload.to_string()).await, PushOutcome::Delivered);
    assert_eq!(send(&service, &laptop, "{}").await, PushOutcome::Delivered);

    let arrived = service.wait_for_messages(&phone, 1).await;
    assert_eq!(arrived[0].payload, payload);
    assert_eq!(arrived[0].vapid["aud"], service.origin());
    assert_eq!(arrived[0].vapid["sub"], "mailto:owner@summitridge.example");
    assert_eq!(arrived[0].headers["ttl"], "60");
    assert_eq!(arrived[0].headers["urgency"], "high");
}

#[tokio::test]
async fn what_a_push_service_answers_becomes_an_outcome() {
    let service = PushService::start().await;
    let phone = service.subscribe("phone");
    service.answers([Answer::Status(410), Answer::Status(404), Answer::Slower(7), Answer::Status(500)]);
    assert_eq!(send(&service, &phone, "{}").await, PushOutcome::Gone);
    assert_eq!(send(&service, &phone, "{}").await, PushOutcome::Gone);
    let slower = send(&service, &phone, "{}").await;
    let seven = Some(Duration::seconds(7));
    assert!(matches!(&slower, PushOutcome::Retry { after, .. } if *after == seven), "{slower:?}");
    assert!(matches!(send(&service, &phone, "{}").await, PushOutcome::Retry { after: None, .. }));
}

async fn send(service: &PushService, to: &FakeBrowser, payload: &str) -> PushOutcome {
    let folder = tempfile::tempdir().unwrap();
    let key = VapidKey::load_or_create(&folder.path().join("vapid.pem")).unwrap();
    let guard = EndpointGuard::new([service.origin()]).unwrap();
    let contact = VapidContact::parse("owner@summitridge.example").unwrap();
    let json = to.to_json();
    let key_of = |name: &str| json["keys"][name].as_str().unwrap();
    let subscription = Subscription::validate(&to.endpoint, key_of("p256dh"), key_of("auth"), &guard).unwrap();
    let message =
        PushMessage { payload: payload.as_bytes().to_vec(), ttl_seconds: 60, urgency: Urgency::High, topic: None };
    WebPushSender::new(key, guard, contact).unwrap().send(&subscription, &message, now()).await
}

/// The judge looks at its clock too.
fn now() -> NaiveDateTime {
    Utc::now().naive_utc()
}
