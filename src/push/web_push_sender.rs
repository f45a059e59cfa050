use super::{
    EndpointGuard, PushEndpoint, PushMessage, PushOutcome, PushSender, Subscription, Urgency, VapidContact, VapidKey,
    public_addresses::{NoPublicAddress, PublicAddresses},
    retry_after::retry_after,
    vapid_tokens::VapidTokens,
};
use async_trait::async_trait;
use chrono::NaiveDateTime;
use reqwest::{
    Client, Request, Response,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use std::{
    error::Error,
    sync::{PoisonError, RwLock},
    time::Duration,
};
use web_push::{
    ContentEncoding, SubscriptionInfo, WebPushError, WebPushMessageBuilder, request_builder::build_request,
};

/// From dialling to the last byte of the answer.
const TIME_OUT: Duration = Duration::from_secs(10);

/// How much of a refusal's text is read, in bytes, and shown, in characters.
const LONGEST_ANSWER: usize = 4_096;
const LONGEST_WORDS: usize = 200;

/// Sends by Web Push: the `web-push` crate encrypts and signs, our own client posts.
pub struct WebPushSender {
    client: Client,
    guard: EndpointGuard,
    tokens: VapidTokens,
    contact: RwLock<VapidContact>,
}

impl WebPushSender {
    pub fn new(key: VapidKey, guard: EndpointGuard, contact: VapidContact) -> Result<WebPushSender, ClientNotBuilt> {
        Self::with_time_out(key, guard, contact, TIME_OUT)
    }

    /// Names another contact from the next message on, as when the first Owner was created.
    pub fn set_contact(&self, contact: VapidContact) {
        *self.contact.write().unwrap_or_else(PoisonError::into_inner) = contact;
    }

    fn with_time_out(
        key: VapidKey,
        guard: EndpointGuard,
        contact: VapidContact,
        time_out: Duration,
    ) -> Result<WebPushSender, ClientNotBuilt> {
        let client = Client::builder()
            .timeout(time_out)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(PublicAddresses { guard: guard.clone() })
            .user_agent(concat!("Crewline/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let tokens = VapidTokens::new(key);
        Ok(WebPushSender { client, guard, tokens, contact: RwLock::new(contact) })
    }

    fn request(
        &self,
        endpoint: &PushEndpoint,
        to: &Subscription,
        message: &PushMessage,
        now: NaiveDateTime,
    ) -> Result<Request, WebPushError> {
        let info = SubscriptionInfo::new(endpoint.as_str(), to.p256dh(), to.auth());
        let contact = self.contact.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut builder = WebPushMessageBuilder::new(&info);
        builder.set_payload(ContentEncoding::Aes128Gcm, &message.payload);
        builder.set_ttl(message.ttl_seconds);
        builder.set_urgency(message.urgency.into());
        if let Some(topic) = &message.topic {
            builder.set_topic(topic.clone());
        }
        builder.set_vapid_signature(self.tokens.signature(endpoint, &info, &contact, now)?);
        let (parts, body) = build_request::<Vec<u8>>(builder.build()?).into_parts();
        let mut request = Request::new(reqwest::Method::POST, endpoint.url().clone());
        let headers = parts.headers.iter();
        *request.headers_mut() = copied(headers.map(|(name, value)| (name.as_str(), value.as_bytes())));
        *request.body_mut() = Some(body.into());
        Ok(request)
    }
}

#[async_trait]
impl PushSender for WebPushSender {
    async fn send(&self, to: &Subscription, message: &PushMessage, now: NaiveDateTime) -> PushOutcome {
        // Once more, because the list of origins may have changed since the subscription came.
        let endpoint = match self.guard.check(to.endpoint()) {
            Ok(endpoint) => endpoint,
            Err(refused) => return not_sent(refused.to_string()),
        };
        if message.payload.is_empty() {
            return not_sent("An empty message cannot be encrypted.".into());
        }
        match self.request(&endpoint, to, message, now) {
            Ok(request) => match self.client.execute(request).await {
                Ok(response) => outcome(response, now).await,
                Err(error) => no_answer(&error),
            },
            Err(WebPushError::PayloadTooLarge) => PushOutcome::TooLarge,
            Err(error) => not_sent(format!("The message could not be encrypted: {error}.")),
        }
    }
}

async fn outcome(response: Response, now: NaiveDateTime) -> PushOutcome {
    let status = response.status().as_u16();
    match status {
        200..=299 => PushOutcome::Delivered,
        404 | 410 => PushOutcome::Gone,
        413 => PushOutcome::TooLarge,
        408 | 429 | 500..=599 => PushOutcome::Retry {
            after: asked_to_wait(response.headers(), now),
            words: format!("The push service answered {status}."),
        },
        _ => PushOutcome::Rejected { status, words: refusal(status, response).await },
    }
}

fn asked_to_wait(headers: &HeaderMap, now: NaiveDateTime) -> Option<chrono::Duration> {
    retry_after(headers.get(RETRY_AFTER)?.to_str().ok()?, now)
}

/// What the push service says of a refusal: usually what is wrong with our VAPID configuration.
async fn refusal(status: u16, mut response: Response) -> String {
    let mut answer = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        answer.extend(chunk.iter().take(LONGEST_ANSWER - answer.len()));
        if answer.len() == LONGEST_ANSWER {
            break;
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    let words = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let readable = words.chars().filter(|character| !character.is_control());
    let words: String = readable.take(LONGEST_WORDS).collect();
    if words.is_empty() {
        format!("The push service answered {status}.")
    } else {
        format!("The push service answered {status}: {words}")
    }
}

/// The client's own words name the endpoint, which is a secret: ours do not.
fn no_answer(error: &reqwest::Error) -> PushOutcome {
    if was_kept_home(error) {
        return not_sent("The push service's name leads into a private network.".into());
    }
    let words = if error.is_timeout() {
        "The push service did not answer in time."
    } else if error.is_connect() {
        "The push service could not be reached."
    } else {
        "The connection to the push service broke."
    };
    PushOutcome::Retry { after: None, words: words.into() }
}

fn was_kept_home(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(source) = cause {
        if source.is::<NoPublicAddress>() {
            return true;
        }
        cause = source.source();
    }
    false
}

fn not_sent(words: String) -> PushOutcome {
    PushOutcome::Rejected { status: 0, words }
}

/// The crate speaks http 0.2 and our client http 1, so headers are copied as bytes.
fn copied<'a>(headers: impl Iterator<Item = (&'a str, &'a [u8])>) -> HeaderMap {
    headers
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_bytes(value).ok()?))
        })
        .collect()
}

impl From<Urgency> for web_push::Urgency {
    fn from(urgency: Urgency) -> web_push::Urgency {
        match urgency {
            Urgency::Normal => web_push::Urgency::Normal,
            Urgency::High => web_push::Urgency::High,
        }
    }
}

/// The HTTP client could not be made; mostly, the machine has no list of authorities.
#[derive(Debug, thiserror::Error)]
#[error(
    "The client for push services could not be made. Install the system's certificate authorities (on Debian: the package ca-certificates) and start again."
)]
pub struct ClientNotBuilt(#[from] reqwest::Error);

#[cfg(test)]
#[path = "web_push_sender_tests.rs"]
mod tests;
