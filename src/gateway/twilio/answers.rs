//! What an answer of the gateway means for the text that was handed over.

use super::number;
use super::status::delivery_status;
use crate::domain::{DeliveryStatus, known_failure};
use crate::gateway::{Accepted, SendError};
use chrono::Duration;
use reqwest::StatusCode;
use serde::Deserialize;

/// An answer that came back, whatever it says.
pub(super) struct Answer {
    pub status: StatusCode,
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// What became of a text that was posted.
pub(super) fn of_send(answer: &Answer) -> Result<Accepted, SendError> {
    if !answer.status.is_success() {
        return Err(refusal(answer));
    }
    match serde_json::from_slice::<Created>(&answer.body) {
        Ok(created) if !created.sid.is_empty() => created.outcome(),
        // Taken, but under which id?
        _ => Err(fate_unknown()),
    }
}

/// Why a mere question was not answered. Asking again does no harm.
pub(super) fn of_question(answer: &Answer) -> SendError {
    match refusal(answer) {
        SendError::Unknown { .. } => no_answer(answer.retry_after),
        other => other,
    }
}

/// For a question that was lost or answered in no way we understand.
pub(super) fn no_answer(after: Option<Duration>) -> SendError {
    SendError::Retry { after, words: "The gateway did not say which texts it has. It is asked again.".into() }
}

/// For a text that may or may not have left.
pub(super) fn fate_unknown() -> SendError {
    SendError::Unknown {
        words: "Nobody can say yet whether this text left. We are asking the gateway; do not send it again.".into(),
    }
}

/// For a gateway that could not even be reached.
pub(super) fn not_reached() -> SendError {
    SendError::Retry { after: None, words: "The gateway could not be reached. The text is tried again.".into() }
}

fn refusal(answer: &Answer) -> SendError {
    let problem: Problem = serde_json::from_slice(&answer.body).unwrap_or_default();
    let code = problem.code.map(|code| code.to_string());
    match (answer.status.as_u16(), problem.code) {
        // A failure over there can happen after the text was taken: nothing says it was not.
        (408 | 500.., _) => fate_unknown(),
        (_, Some(21610)) => SendError::OptedOut { code },
        (429, _) | (_, Some(20429 | 21611)) => SendError::Retry {
            after: answer.retry_after,
            words: "The gateway takes no more texts at the moment. The text is tried again.".into(),
        },
        (401, _) | (403, None) | (_, Some(20003 | 20005)) => {
            credentials("The gateway refuses our credentials. Check account SID and auth token.")
        }
        (404, None | Some(20404)) => {
            credentials("The gateway does not know our account. Check account SID and base URL.")
        }
        (300..=399, _) => credentials("The gateway's address leads elsewhere. Check the base URL."),
        _ => SendError::Refused { words: refused_words(code.as_deref()), code },
    }
}

fn credentials(words: &str) -> SendError {
    SendError::Credentials { words: words.to_owned() }
}

fn refused_words(code: Option<&str>) -> String {
    match code {
        Some(code) => known_failure(code).map_or_else(
            || format!("The gateway refused this text (error {code}). Change it or call instead."),
            |known| format!("{} {}", known.what, known.next),
        ),
        None => "The gateway refused this text without a reason. Change it or call instead.".into(),
    }
}

/// `{"code":21211,"message":…,"status":400}`; the message may quote a phone, so it is not read.
#[derive(Default, Deserialize)]
struct Problem {
    #[serde(default, deserialize_with = "number::lenient")]
    code: Option<u32>,
}

#[derive(Deserialize)]
struct Created {
    sid: String,
    status: Option<String>,
    #[serde(default, deserialize_with = "number::lenient")]
    error_code: Option<u32>,
}

impl Created {
    fn outcome(self) -> Result<Accepted, SendError> {
        let status = self.status.as_deref().and_then(delivery_status).unwrap_or(DeliveryStatus::Accepted);
        match self.error_code {
            Some(code) if matches!(status, DeliveryStatus::Failed | DeliveryStatus::Undelivered) => {
                let code = code.to_string();
                Err(SendError::Refused { words: refused_words(Some(&code)), code: Some(code) })
            }
            _ => Ok(Accepted { provider_message_id: self.sid, status }),
        }
    }
}
