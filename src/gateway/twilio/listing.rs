//! The gateway's own list of texts, as far as we read it.

use super::number;
use crate::gateway::OutboundText;
use chrono::{DateTime, Duration, NaiveDateTime};
use serde::Deserialize;

/// One page of `Messages.json`.
#[derive(Deserialize)]
pub(super) struct TextPage {
    pub messages: Vec<ListedText>,
    pub next_page_uri: Option<String>,
}

/// One page of `Messages/{sid}/Media.json`. A text has ten pictures at most, so there is no second page.
#[derive(Deserialize)]
pub(super) struct MediaPage {
    pub media_list: Vec<ListedMedia>,
}

#[derive(Deserialize)]
pub(super) struct ListedMedia {
    pub uri: String,
    pub content_type: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ListedText {
    pub sid: String,
    pub status: Option<String>,
    pub direction: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub body: Option<String>,
    #[serde(default, deserialize_with = "number::lenient")]
    pub num_media: Option<u32>,
    date_created: Option<String>,
    date_sent: Option<String>,
}

impl ListedText {
    /// When it was made or, failing that, sent (UTC, whole seconds).
    pub(super) fn time(&self) -> Option<NaiveDateTime> {
        [&self.date_created, &self.date_sent].into_iter().flatten().find_map(|written| parse_time(written))
    }

    pub(super) fn is_inbound_to(&self, our_number: &str) -> bool {
        self.direction.as_deref() == Some("inbound") && self.to.as_deref() == Some(our_number)
    }

    /// Same people, same words, outbound. A trial account writes its own words before ours.
    pub(super) fn could_be(&self, text: &OutboundText) -> bool {
        let outbound = self.direction.as_deref().is_some_and(|direction| direction.starts_with("outbound"));
        let body = as_compared(self.body.as_deref().unwrap_or_default());
        let body = body.strip_prefix("Sent from your Twilio trial account - ").unwrap_or(&body);
        outbound
            && self.from.as_ref().is_none_or(|from| *from == text.from)
            && self.to.as_ref().is_none_or(|to| *to == text.to)
            && body == as_compared(&text.body)
    }
}

/// The earliest time that they may have written for something that happened `since`.
pub(super) fn by_their_clock(since: NaiveDateTime) -> NaiveDateTime {
    since.checked_sub_signed(CLOCK_SLACK).unwrap_or(since)
}

/// How far our clock and theirs may be apart; their times are cut to whole seconds besides.
const CLOCK_SLACK: Duration = Duration::seconds(5);

// Line ends and spaces at the edges may have changed on the way.
fn as_compared(body: &str) -> String {
    body.replace("\r\n", "\n").trim().to_owned()
}

/// RFC 2822 as documented; RFC 3339 is what some who speak this dialect write.
fn parse_time(written: &str) -> Option<NaiveDateTime> {
    DateTime::parse_from_rfc2822(written)
        .or_else(|_| DateTime::parse_from_rfc3339(written))
        .ok()
        .map(|time| time.naive_utc())
}
