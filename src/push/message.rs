use super::Subscription;
use async_trait::async_trait;
use chrono::{Duration, NaiveDateTime};

/// Takes one message to one browser.
#[async_trait]
pub trait PushSender: Send + Sync {
    /// Posts `message` to the push service of `to`. `now` is UTC; it dates the VAPID token and
    /// turns a Retry-After date into a wait. Never panics and never takes much over 10 s.
    async fn send(&self, to: &Subscription, message: &PushMessage, now: NaiveDateTime) -> PushOutcome;
}

/// What leaves for one browser, still readable.
#[derive(Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// JSON from [`super::NotificationPayload`], 1 to 3,052 bytes.
    pub payload: Vec<u8>,
    /// How long the push service keeps it for a browser that is off.
    pub ttl_seconds: u32,
    pub urgency: Urgency,
    /// Replaces an undelivered message of the same topic: up to 32 characters of `A-Z a-z 0-9 - _`.
    pub topic: Option<String>,
}

/// RFC 8030 §5.3: whether the message may wait for a phone that saves its battery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Normal,
    High,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// The push service took it (2xx).
    Delivered,
    /// The subscription has ended (404, 410): delete it.
    Gone,
    /// Send it again with a shorter body (413, or over the limit before it left).
    TooLarge,
    /// Trying again will not help: keep the subscription, count, show `words` to people.
    /// `status` is the answer's HTTP status, 0 when we refused to send.
    Rejected { status: u16, words: String },
    /// Try again within the message's life, not before `after` has passed.
    Retry { after: Option<Duration>, words: String },
}
