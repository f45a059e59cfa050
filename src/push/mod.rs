//! Push messages to the browsers of staff (Web Push: RFC 8030, 8188, 8291, 8292).
//!
//! This floor encrypts one message for one subscription, signs it with our VAPID key, posts it
//! and says what the push service made of it. It decides which addresses may be posted to at all
//! and which keys are sound, so that nothing unsound is ever stored or encrypted for.
//!
//! It must not know who is told of what, the database, or when to try again: it gets a
//! subscription and a message, and answers with one [`PushOutcome`].

mod contact;
mod endpoint_guard;
mod known_services;
mod message;
mod payload;
mod public_addresses;
mod retry_after;
mod subscription;
mod vapid_key;
mod vapid_tokens;
mod web_push_sender;

pub use contact::{InvalidContact, VapidContact};
pub use endpoint_guard::{EndpointGuard, EndpointRefused, InvalidExtraOrigin, PushEndpoint};
pub use message::{PushMessage, PushOutcome, PushSender, Urgency};
pub use payload::{NotificationPayload, PAYLOAD_LIMIT, SHORT_PAYLOAD_LIMIT};
pub use subscription::{InvalidSubscription, Subscription};
pub use vapid_key::{VapidKey, VapidKeyError};
pub use web_push_sender::{ClientNotBuilt, WebPushSender};
