use super::account::{InvalidTwilioAccount, TwilioAccount};
use super::answers::{self, Answer};
use super::listing::{ListedText, MediaPage, TextPage, by_their_clock};
use super::status::delivery_status;
use crate::domain::{DeliveryStatus, GatewayKind};
use crate::gateway::{Accepted, InboundText, MediaReference, OutboundText, SendError, SmsGateway};
use async_trait::async_trait;
use chrono::NaiveDateTime;
use reqwest::{Client, RequestBuilder, Response, header::RETRY_AFTER, redirect::Policy};
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

/// Sends through Twilio, or through whoever speaks its dialect at the account's base URL.
#[derive(Clone)]
pub struct TwilioGateway {
    account: TwilioAccount,
    http: Client,
}

/// For a whole exchange. Shorter for connecting, so that "never reached them" is told apart from "no answer".
const TIME_OUT: Duration = Duration::from_secs(10);
const CONNECT_TIME_OUT: Duration = Duration::from_secs(5);

/// Below the 5 s after which common servers hang up: a text posted into a closing connection has an unknown fate.
const IDLE_TIME_OUT: Duration = Duration::from_secs(4);

/// The most the gateway puts on one page, and a bound for a list that never ends.
const PAGE_SIZE: &str = "1000";
const MOST_PAGES: usize = 100;

impl TwilioGateway {
    pub fn new(account: TwilioAccount) -> Result<Self, InvalidTwilioAccount> {
        Self::with_time_outs(account, CONNECT_TIME_OUT, TIME_OUT)
    }

    fn with_time_outs(
        account: TwilioAccount,
        connect: Duration,
        whole: Duration,
    ) -> Result<Self, InvalidTwilioAccount> {
        let http = Client::builder()
            .connect_timeout(connect)
            .timeout(whole)
            .pool_idle_timeout(IDLE_TIME_OUT)
            // A redirect would post the text a second time and show our credentials elsewhere.
            .redirect(Policy::none())
            .user_agent(concat!("crewline/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| InvalidTwilioAccount::HttpClient)?;
        Ok(Self { account, http })
    }
}

#[async_trait]
impl SmsGateway for TwilioGateway {
    fn kind(&self) -> GatewayKind {
        GatewayKind::Twilio
    }

    async fn send(&self, text: &OutboundText) -> Result<Accepted, SendError> {
        let mut fields = vec![("To", text.to.as_str()), ("From", text.from.as_str()), ("Body", text.body.as_str())];
        if let Some(callback) = &text.status_callback {
            fields.push(("StatusCallback", callback));
        }
        let request = self.http.post(self.account.resource(&["Messages.json"])).form(&fields);
        let response = self.signed_in(request).send().await.map_err(|error| {
            // Only a connection that never stood proves that nothing left.
            if error.is_connect() || error.is_builder() { answers::not_reached() } else { answers::fate_unknown() }
        })?;
        // A body that breaks off reads as empty: the status alone then says what is certain.
        answers::of_send(&read(response).await)
    }

    async fn find_sent(&self, text: &OutboundText, since: NaiveDateTime) -> Result<Option<Accepted>, SendError> {
        let earliest = by_their_clock(since);
        let listed = self.list(&[("To", &text.to), ("From", &text.from)], earliest).await?;
        Ok(listed
            .into_iter()
            .filter(|there| there.could_be(text))
            .filter_map(|there| Some((there.time()?, there)))
            .filter(|(time, _)| *time >= earliest)
            .min_by_key(|(time, _)| (*time - since).abs())
            .map(|(_, there)| Accepted {
                status: there.status.as_deref().and_then(delivery_status).unwrap_or(DeliveryStatus::Accepted),
                provider_message_id: there.sid,
            }))
    }

    async fn received_since(&self, our_number: &str, since: NaiveDateTime) -> Result<Vec<InboundText>, SendError> {
        let earliest = by_their_clock(since);
        let mut listed = self.list(&[("To", our_number)], earliest).await?;
        listed.retain(|there| {
            // A text whose time cannot be read is kept: known ones are told by their id.
            there.is_inbound_to(our_number) && there.time().is_none_or(|time| time >= earliest)
        });
        // Stable, and the list is newest first: texts of one second keep the order they came in.
        listed.reverse();
        listed.sort_by_key(ListedText::time);
        let mut texts = Vec::with_capacity(listed.len());
        for there in listed {
            texts.push(self.inbound(there).await);
        }
        Ok(texts)
    }
}

impl TwilioGateway {
    async fn list(&self, people: &[(&str, &str)], earliest: NaiveDateTime) -> Result<Vec<ListedText>, SendError> {
        let earliest = earliest.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let mut url = self.account.resource(&["Messages.json"]);
        url.query_pairs_mut()
            .extend_pairs(people)
            .append_pair("DateSent>", &earliest)
            .append_pair("PageSize", PAGE_SIZE);
        let mut listed = Vec::new();
        for _ in 0..MOST_PAGES {
            let page: TextPage = self.ask(url).await?;
            listed.extend(page.messages);
            let Some(next) = page.next_page_uri.filter(|uri| !uri.is_empty()) else {
                return Ok(listed);
            };
            url = self.account.named_by_gateway(&next).ok_or_else(|| answers::no_answer(None))?;
        }
        Err(answers::no_answer(None))
    }

    async fn inbound(&self, there: ListedText) -> InboundText {
        let media = match there.num_media {
            None | Some(0) => Vec::new(),
            // The words must not wait for the pictures.
            Some(_) => self.media_of(&there.sid).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the pictures of a missed text could not be listed");
                Vec::new()
            }),
        };
        InboundText {
            provider_message_id: there.sid,
            from: there.from.unwrap_or_default(),
            to: there.to.unwrap_or_default(),
            // As in a hook: PostgreSQL cannot keep NUL.
            body: there.body.unwrap_or_default().replace('\0', ""),
            media,
        }
    }

    async fn media_of(&self, sid: &str) -> Result<Vec<MediaReference>, SendError> {
        let page: MediaPage = self.ask(self.account.resource(&["Messages", sid, "Media.json"])).await?;
        Ok(page
            .media_list
            .into_iter()
            .filter_map(|media| {
                // The picture itself lives at the address of its description, less the ending.
                let uri = media.uri.strip_suffix(".json").unwrap_or(&media.uri);
                Some(MediaReference {
                    url: self.account.named_by_gateway(uri)?.into(),
                    content_type: media.content_type.unwrap_or_else(|| "application/octet-stream".into()),
                })
            })
            .collect())
    }

    async fn ask<T: DeserializeOwned>(&self, url: Url) -> Result<T, SendError> {
        let response = self.signed_in(self.http.get(url)).send().await.map_err(|_| answers::no_answer(None))?;
        let answer = read(response).await;
        if !answer.status.is_success() {
            return Err(answers::of_question(&answer));
        }
        serde_json::from_slice(&answer.body).map_err(|_| answers::no_answer(None))
    }

    fn signed_in(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(self.account.account_sid(), Some(self.account.auth_token()))
    }
}

async fn read(response: Response) -> Answer {
    Answer {
        status: response.status(),
        // Seconds only: the form with a date is not in use here, and would need a clock.
        retry_after: response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse::<u32>().ok())
            .map(|seconds| chrono::Duration::seconds(seconds.into())),
        body: response.bytes().await.map(Vec::from).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
