use crate::domain::{DeliveryStatus, Direction, MessageId};
use crate::web::view::TimeLabel;

/// A text in a thread.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: MessageId,
    pub direction: Direction,
    pub status: DeliveryStatus,
    /// The words; empty when it is only pictures.
    pub body: String,
    /// Who wrote it: the client, a colleague, "by Appointment set". None repeats the one above.
    pub sender: Option<String>,
    /// The log of the automation's run, for who may open it.
    pub log: Option<String>,
    pub time: TimeLabel,
    /// Content types of what came with it, "image/jpeg". Not fetched.
    pub media: Vec<String>,
    /// What to do about a text that did not arrive.
    pub failure: Option<Failure>,
    /// "Reads like a wish to stop. Ask before texting again."
    pub flag: Option<String>,
}

/// Why a text did not arrive, in plain words.
#[derive(Debug, Clone)]
pub struct Failure {
    /// "This is a landline."
    pub what: String,
    /// "Call instead."
    pub next: String,
}

impl Message {
    /// How far it has come, in a word; nothing to say of a text that came in.
    pub fn status_words(&self) -> Option<&'static str> {
        Some(match self.status {
            DeliveryStatus::Received => return None,
            DeliveryStatus::Waiting | DeliveryStatus::Accepted | DeliveryStatus::Queued | DeliveryStatus::Sending => {
                "Sending"
            }
            DeliveryStatus::Unknown => "Not confirmed yet",
            DeliveryStatus::Sent => "Sent",
            DeliveryStatus::Delivered => "Delivered",
            DeliveryStatus::Read => "Read",
            DeliveryStatus::Failed => "Failed",
            DeliveryStatus::Undelivered => "Not delivered",
            DeliveryStatus::Blocked => "Not sent",
        })
    }

    pub fn status_icon(&self) -> &'static str {
        match self.status {
            DeliveryStatus::Received => "check",
            DeliveryStatus::Waiting | DeliveryStatus::Accepted | DeliveryStatus::Queued | DeliveryStatus::Sending => {
                "clock"
            }
            DeliveryStatus::Unknown => "circle-help",
            DeliveryStatus::Sent => "check",
            DeliveryStatus::Delivered | DeliveryStatus::Read => "check-check",
            DeliveryStatus::Failed | DeliveryStatus::Undelivered | DeliveryStatus::Blocked => "circle-alert",
        }
    }

    pub fn has_failed(&self) -> bool {
        matches!(self.status, DeliveryStatus::Failed | DeliveryStatus::Undelivered | DeliveryStatus::Blocked)
    }

    /// "Picture (image/jpeg)", "Attachment (text/vcard)".
    pub fn media_labels(&self) -> Vec<String> {
        self.media.iter().map(|kind| media_label(kind)).collect()
    }
}

fn media_label(content_type: &str) -> String {
    let noun = match content_type.split('/').next() {
        Some("image") => "Picture",
        Some("video") => "Video",
        Some("audio") => "Sound",
        _ => "Attachment",
    };
    format!("{noun} ({content_type})")
}
