use crate::domain::DeliveryStatus;
use chrono::Duration;
use std::fmt;

/// A text that is to leave.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboundText {
    /// One of our numbers, E.164.
    pub from: String,
    pub to: String,
    pub body: String,
    /// Where the gateway reports what became of the text.
    pub status_callback: Option<String>,
}

/// The gateway took the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub provider_message_id: String,
    pub status: DeliveryStatus,
}

/// Why a text did not leave, or why nobody can say whether it did. `words` are for the person who sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Final for this text; the words say what to do next.
    #[error("{words}")]
    Refused { code: Option<String>, words: String },

    /// The receiver told the gateway STOP and we missed it: record the opt-out.
    #[error("This phone has opted out of texts. Call instead, or wait until they text START.")]
    OptedOut { code: Option<String> },

    /// Certainly not sent; trying again is safe, `after` at the earliest where the gateway named a time.
    #[error("{words}")]
    Retry { after: Option<Duration>, words: String },

    /// Perhaps sent, perhaps not. Never send it again: reconcile.
    #[error("{words}")]
    Unknown { words: String },

    /// The gateway's settings are wrong, whatever the text: stop this gateway and tell the Owner.
    #[error("{words}")]
    Credentials { words: String },
}

/// A text that came in.
#[derive(Clone, PartialEq, Eq)]
pub struct InboundText {
    /// Unique within a gateway: makes storing idempotent.
    pub provider_message_id: String,
    /// As the gateway wrote it: E.164, a short code or a name.
    pub from: String,
    pub to: String,
    /// Empty for a text of pictures only.
    pub body: String,
    pub media: Vec<MediaReference>,
}

/// A picture or file that stays at the gateway until somebody fetches it.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaReference {
    /// http or https; fetching it may need the gateway's credentials.
    pub url: String,
    /// `application/octet-stream` where the gateway did not say.
    pub content_type: String,
}

/// What became of a text that had left. Reports repeat and overtake each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    pub provider_message_id: String,
    pub status: DeliveryStatus,
    pub error_code: Option<String>,
}

// Written by hand: what a text says and whose phone it is must not reach a log through `{:?}`.
impl fmt::Debug for OutboundText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboundText").finish_non_exhaustive()
    }
}

impl fmt::Debug for InboundText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboundText").field("provider_message_id", &self.provider_message_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for MediaReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaReference").field("content_type", &self.content_type).finish_non_exhaustive()
    }
}
