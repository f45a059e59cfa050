use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _};

use super::*;

const ALICE: UserId = 1;
const BOB: UserId = 2;

#[tokio::test]
async fn a_change_wakes_a_tab_that_waits() {
    let hub = Hub::new();
    let mut tab = hub.subscribe(ALICE, 10);
    let waiting = tokio::spawn(async move { tab.next().await });
    tokio::task::yield_now().await;
    hub.publish(&[conversation(7, &[ALICE])]);
    let event = tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap();
    assert_eq!(event.map(what), Some((EventName::Conversation, Some(7))));
}

#[test]
fn only_those_who_see_a_conversation_hear_of_it() {
    let hub = Hub::new();
    let (mut alice, mut bob) = (hub.subscribe(ALICE, 10), hub.subscribe(BOB, 20));
    hub.publish(&[conversation(7, &[ALICE])]);
    assert_eq!(waiting(&mut alice), [(EventName::Conversation, Some(7))]);
    assert_eq!(waiting(&mut bob), []);
}

#[test]
fn notifications_and_permissions_go_to_one_person_on_every_tab() {
    let hub = Hub::new();
    let (mut first, mut second) = (hub.subscribe(ALICE, 10), hub.subscribe(ALICE, 11));
    let mut bob = hub.subscribe(BOB, 20);
    hub.publish(&[Topic::Notifications(ALICE), Topic::Permissions(ALICE)]);
    let both = [(EventName::Notifications, None), (EventName::Permissions, None)];
    assert_eq!(waiting(&mut first), both);
    assert_eq!(waiting(&mut second), both);
    assert_eq!(waiting(&mut bob), []);
}

#[test]
fn everyone_is_told_to_ask_again() {
    let hub = Hub::new();
    let (mut alice, mut bob) = (hub.subscribe(ALICE, 10), hub.subscribe(BOB, 20));
    hub.publish(&[Topic::Everyone]);
    assert_eq!(waiting(&mut alice), [(EventName::Resync, None)]);
    assert_eq!(waiting(&mut bob), [(EventName::Resync, None)]);
}

#[test]
fn somebody_named_twice_hears_once() {
    let hub = Hub::new();
    let mut alice = hub.subscribe(ALICE, 10);
    hub.publish(&[conversation(7, &[ALICE, ALICE])]);
    assert_eq!(waiting(&mut alice).len(), 1);
}

#[test]
fn event_ids_only_grow() {
    let hub = Hub::new();
    let mut tab = hub.subscribe(ALICE, 10).beginning_with_resync();
    hub.publish(&[conversation(7, &[ALICE]), conversation(8, &[BOB]), Topic::Everyone]);
    let mut ids = Vec::new();
    while let Some(Some(event)) = tab.next().now_or_never() {
        ids.push(event.id);
    }
    assert_eq!(ids.len(), 3);
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn a_tab_that_comes_back_begins_with_resync() {
    let hub = Hub::new();
    let mut tab = hub.subscribe(ALICE, 10).beginning_with_resync();
    assert_eq!(waiting(&mut tab), [(EventName::Resync, None)]);
}

#[test]
fn an_overflow_becomes_one_resync_and_later_events_follow_it() {
    let hub = Hub::new();
    let (mut slow, mut quick) = (hub.subscribe(ALICE, 10), hub.subscribe(BOB, 20));
    for id in 1..=200 {
        hub.publish(&[conversation(id, &[ALICE, BOB])]);
        assert_eq!(waiting(&mut quick), [(EventName::Conversation, Some(id))]);
    }
    let got = waiting(&mut slow);
    let resyncs = got.iter().filter(|(name, _)| *name == EventName::Resync).count();
    assert_eq!(resyncs, 1);
    assert_eq!(got.first(), Some(&(EventName::Resync, None)));
    assert_eq!(got.last(), Some(&(EventName::Conversation, Some(200))));
    assert!(got.len() <= 64, "{} events waited", got.len());
}

#[test]
fn a_dropped_stream_is_forgotten() {
    let hub = Hub::new();
    let tab = hub.subscribe(ALICE, 10);
    let other = hub.subscribe(ALICE, 10);
    assert_eq!(hub.open_streams(), 2);
    drop(tab);
    assert_eq!(hub.open_streams(), 1);
    drop(other);
    assert_eq!(hub.open_streams(), 0);
    assert!(hub.streams().of_user.is_empty());
}

#[test]
fn signing_out_ends_the_streams_of_that_session_alone() {
    let hub = Hub::new();
    let (mut here, mut elsewhere) = (hub.subscribe(ALICE, 10), hub.subscribe(ALICE, 11));
    hub.end_session(10);
    assert!(has_ended(&mut here));
    assert!(!has_ended(&mut elsewhere));
    hub.publish(&[Topic::Notifications(ALICE)]);
    assert!(has_ended(&mut here), "an ended stream hears nothing more");
}

#[test]
fn ending_a_person_ends_every_tab_of_theirs_after_what_was_posted() {
    let hub = Hub::new();
    let (mut alice, mut bob) = (hub.subscribe(ALICE, 10), hub.subscribe(BOB, 20));
    hub.publish(&[Topic::Permissions(ALICE)]);
    hub.end_user(ALICE);
    assert_eq!(waiting(&mut alice), [(EventName::Permissions, None)]);
    assert!(has_ended(&mut alice));
    assert!(!has_ended(&mut bob));
}

#[tokio::test]
async fn shutdown_wakes_and_ends_all_and_opens_no_more() {
    let hub = Hub::new();
    let mut tab = hub.subscribe(ALICE, 10);
    let waiting = tokio::spawn(async move { tab.next().await });
    tokio::task::yield_now().await;
    hub.shutdown();
    let last = tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap();
    assert_eq!(last, None);
    assert!(has_ended(&mut hub.subscribe(BOB, 20)));
    assert_eq!(hub.open_streams(), 0);
}

fn conversation(id: i64, seen_by: &[UserId]) -> Topic {
    Topic::Conversation { id, seen_by: seen_by.to_vec() }
}

fn what(event: Event) -> (EventName, Option<i64>) {
    (event.name, event.data)
}

fn waiting(tab: &mut EventStream) -> Vec<(EventName, Option<i64>)> {
    std::iter::from_fn(|| tab.next().now_or_never().flatten()).map(what).collect()
}

fn has_ended(tab: &mut EventStream) -> bool {
    tab.next().now_or_never() == Some(None)
}
