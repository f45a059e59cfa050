//! One push to one device.

use chrono::Duration;

use super::{Outcome, Worker};
use crate::domain::{NotificationId, SubscriptionId};
use crate::push::{NotificationPayload, PushMessage, PushOutcome, Subscription, Urgency};
use crate::services::{Error, push_text};
use crate::store::jobs::Job as Row;
use crate::store::push_subscriptions::{self, PushSubscription};

/// A push that cannot be delivered for so long is of no use any more; the notification stays in the app.
const TTL: Duration = Duration::hours(12);

/// What is to be shown, and where it leads.
struct Content {
    kind: &'static str,
    title: String,
    body: String,
    url: String,
    tag: String,
}

pub(super) async fn push(
    worker: &Worker,
    notification: NotificationId,
    subscription: SubscriptionId,
    row: &Row,
) -> Result<Outcome, Error> {
    let found = worker
        .read(move |c| Ok(push_text::words(c, notification)?.zip(push_subscriptions::find(c, subscription)?)))
        .await?;
    // Somebody else may be signed in to that browser by now.
    let Some((words, device)) = found.filter(|(words, device)| device.user_id == words.user) else {
        return Ok(Outcome::Done);
    };
    let content = Content {
        kind: words.kind.as_str(),
        title: words.title,
        body: words.body,
        url: format!("/conversations/{}", words.conversation),
        tag: format!("conversation-{}", words.conversation),
    };
    deliver(worker, device, &content, row).await
}

pub(super) async fn test(worker: &Worker, subscription: SubscriptionId, row: &Row) -> Result<Outcome, Error> {
    let device = worker.read(move |c| push_subscriptions::find(c, subscription)).await?;
    let Some(device) = device else { return Ok(Outcome::Done) };
    let content = Content {
        kind: "test",
        title: "Crewline".to_owned(),
        body: "This device rings for you.".to_owned(),
        url: "/settings/devices".to_owned(),
        tag: "test".to_owned(),
    };
    deliver(worker, device, &content, row).await
}

async fn deliver(worker: &Worker, device: PushSubscription, content: &Content, row: &Row) -> Result<Outcome, Error> {
    let id = device.id;
    let to = match Subscription::validate(&device.endpoint, &device.p256dh, &device.auth, &worker.guard) {
        Ok(to) => to,
        Err(why) => return failed(worker, id, why.to_string()).await,
    };
    let now = (worker.clock)();
    if row.created_at + TTL < now {
        return Ok(Outcome::Done);
    }
    let payload = NotificationPayload {
        kind: content.kind,
        title: &content.title,
        body: &content.body,
        url: &content.url,
        tag: &content.tag,
    };
    let mut message = PushMessage {
        payload: payload.to_bytes(),
        ttl_seconds: u32::try_from(TTL.num_seconds()).unwrap_or(u32::MAX),
        urgency: Urgency::High,
        topic: None,
    };
    let mut outcome = worker.push.send(&to, &message, now).await;
    if matches!(outcome, PushOutcome::TooLarge) {
        message.payload = payload.to_short_bytes();
        outcome = worker.push.send(&to, &message, now).await;
    }
    match outcome {
        PushOutcome::Delivered => {
            worker.write(move |tx| push_subscriptions::succeeded(tx, id, now)).await?;
            Ok(Outcome::Done)
        }
        PushOutcome::Gone => {
            worker.write(move |tx| push_subscriptions::delete(tx, id)).await?;
            Ok(Outcome::Done)
        }
        PushOutcome::TooLarge => failed(worker, id, "The push service found the message too large.".to_owned()).await,
        PushOutcome::Rejected { words, .. } => failed(worker, id, words).await,
        PushOutcome::Retry { after, words } => {
            let told = words.clone();
            worker.write(move |tx| push_subscriptions::failed(tx, id, &told, now)).await?;
            Ok(Outcome::Again { after, why: words })
        }
    }
}

/// The device stays, shown as failing: usually our own configuration is at fault.
async fn failed(worker: &Worker, id: SubscriptionId, words: String) -> Result<Outcome, Error> {
    let now = (worker.clock)();
    worker.write(move |tx| push_subscriptions::failed(tx, id, &words, now)).await?;
    Ok(Outcome::Done)
}
