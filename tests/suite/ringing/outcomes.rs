use chrono::Duration;

use super::{Bell, CLIENT};
use crate::support::app::{Backend, for_both};
use crate::support::push_service::Answer;

for_both!(
    a_subscription_that_is_gone_is_deleted,
    a_push_service_that_wants_peace_is_asked_again_when_it_said,
    a_push_service_with_a_bad_day_is_asked_again_and_again,
    a_refusal_is_shown_at_the_device_until_it_rings_again,
    a_push_nobody_could_take_for_twelve_hours_is_given_up,
);

async fn a_subscription_that_is_gone_is_deleted(backend: Backend) {
    for gone in [404, 410] {
        let bell = Bell::hung(backend).await;
        let owner = bell.app.owner();
        let (_, phone) = bell.device_of(owner, "phone").await;
        assert_eq!(bell.subscriptions(owner).len(), 1);

        bell.pushes.answers([Answer::Status(gone)]);
        bell.app.text_in(CLIENT, "first").await;
        assert_eq!(bell.bodies(&phone).await, ["first"]);
        assert!(bell.subscriptions(owner).is_empty(), "{gone}");

        bell.app.text_in(CLIENT, "second").await;
        bell.app.advance(Duration::hours(1));
        assert_eq!(bell.bodies(&phone).await, ["first"], "nothing more is sent there");
    }
}

async fn a_push_service_that_wants_peace_is_asked_again_when_it_said(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (_, phone) = bell.device_of(bell.app.owner(), "phone").await;
    bell.pushes.answers([Answer::Slower(120)]);
    bell.app.text_in(CLIENT, "Hello").await;
    assert_eq!(bell.bodies(&phone).await, ["Hello"]);
    bell.app.advance(Duration::seconds(119));
    assert_eq!(bell.bodies(&phone).await, ["Hello"], "not before its time");
    bell.app.advance(Duration::seconds(1));
    assert_eq!(bell.bodies(&phone).await, ["Hello", "Hello"]);
    bell.app.advance(Duration::hours(1));
    assert_eq!(bell.bodies(&phone).await, ["Hello", "Hello"], "it was taken");
}

async fn a_push_service_with_a_bad_day_is_asked_again_and_again(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let owner = bell.app.owner();
    let (actor, phone) = bell.device_of(owner, "phone").await;
    bell.pushes.answers([Answer::Status(500), Answer::Status(503), Answer::Status(502)]);
    bell.app.text_in(CLIENT, "Hello").await;
    for attempts in 1..=4 {
        assert_eq!(bell.rung(&phone).await.len(), attempts);
        assert_eq!(bell.rung(&phone).await.len(), attempts, "not at once again");
        bell.app.advance(Duration::minutes(1));
    }
    assert_eq!(bell.rung(&phone).await.len(), 4, "the fourth time it was taken");
    assert_eq!(bell.subscriptions(owner).len(), 1);
    assert!(!actor.get("/settings/devices").await.text().contains("answered 50"), "all is well again");
}

async fn a_refusal_is_shown_at_the_device_until_it_rings_again(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let owner = bell.app.owner();
    let (actor, phone) = bell.device_of(owner, "phone").await;
    let shown = async || actor.get("/settings/devices").await.text();
    assert!(shown().await.contains("has not rung yet"), "{}", shown().await);

    bell.pushes.answers([Answer::Status(403)]);
    bell.app.text_in(CLIENT, "refused").await;
    assert_eq!(bell.bodies(&phone).await, ["refused"]);
    assert_eq!(bell.subscriptions(owner).len(), 1, "the fault may be ours");
    assert!(shown().await.contains("The push service answered 403."), "{}", shown().await);
    bell.app.advance(Duration::hours(1));
    assert_eq!(bell.bodies(&phone).await, ["refused"], "trying again does not help");

    bell.app.text_in(CLIENT, "taken").await;
    assert_eq!(bell.bodies(&phone).await, ["refused", "taken"]);
    assert!(!shown().await.contains("403") && shown().await.contains("last rang"), "{}", shown().await);
}

async fn a_push_nobody_could_take_for_twelve_hours_is_given_up(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (_, phone) = bell.device_of(bell.app.owner(), "phone").await;
    bell.pushes.answers([Answer::Status(500)]);
    bell.app.text_in(CLIENT, "Hello").await;
    assert_eq!(bell.rung(&phone).await.len(), 1);
    bell.app.advance(Duration::hours(12) + Duration::seconds(1));
    assert_eq!(bell.rung(&phone).await.len(), 1);
    assert_eq!(bell.app.drain().await, 0, "and nothing waits");
}
