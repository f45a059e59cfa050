use serde::Serialize;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// What one encrypted message can hold, in bytes.
pub const PAYLOAD_LIMIT: usize = 3_052;

/// What to shorten to when a push service found a full one too large, in bytes.
pub const SHORT_PAYLOAD_LIMIT: usize = 1_024;

/// The most that parts other than the body may take, in bytes as JSON.
const LONGEST_TITLE: usize = 300;
const LONGEST_ADDRESS: usize = 300;
const LONGEST_WORD: usize = 100;

/// Where a click leads if its own address is too long to be one of ours.
const FALLBACK_ADDRESS: &str = "/notifications";

/// What the service worker shows and opens.
#[derive(Clone, Copy)]
pub struct NotificationPayload<'a> {
    /// `inbound`, `assigned`, `test`, …
    pub kind: &'a str,
    pub title: &'a str,
    pub body: &'a str,
    /// A path on our own origin.
    pub url: &'a str,
    /// Notifications of one tag replace each other on the screen.
    pub tag: &'a str,
}

impl NotificationPayload<'_> {
    /// The JSON that is encrypted, at most [`PAYLOAD_LIMIT`] bytes: the body gives way first.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.within(PAYLOAD_LIMIT)
    }

    /// The same in at most [`SHORT_PAYLOAD_LIMIT`] bytes, after [`super::PushOutcome::TooLarge`].
    pub fn to_short_bytes(&self) -> Vec<u8> {
        self.within(SHORT_PAYLOAD_LIMIT)
    }

    fn within(&self, limit: usize) -> Vec<u8> {
        let url = if json_length(self.url) > LONGEST_ADDRESS { FALLBACK_ADDRESS } else { self.url };
        let mut json = PayloadJson {
            kind: cut(self.kind, LONGEST_WORD),
            title: cut(self.title, LONGEST_TITLE),
            body: Cow::Borrowed(""),
            url,
            tag: cut(self.tag, LONGEST_WORD),
        };
        let without_body = json.to_bytes().len();
        json.body = cut(self.body, limit.saturating_sub(without_body));
        json.to_bytes()
    }
}

#[derive(Serialize)]
struct PayloadJson<'a> {
    kind: Cow<'a, str>,
    title: Cow<'a, str>,
    body: Cow<'a, str>,
    url: &'a str,
    tag: Cow<'a, str>,
}

impl PayloadJson<'_> {
    fn to_bytes(&self) -> Vec<u8> {
        // Five strings always serialise; the default is only for the type.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// `text`, or as many whole graphemes of it as fit with an ellipsis into `room` bytes of JSON.
fn cut(text: &str, room: usize) -> Cow<'_, str> {
    const ELLIPSIS: &str = "…";
    if json_length(text) <= room {
        return Cow::Borrowed(text);
    }
    let Some(mut left) = room.checked_sub(ELLIPSIS.len()) else {
        return Cow::Borrowed("");
    };
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        let Some(rest) = left.checked_sub(json_length(grapheme)) else {
            break;
        };
        left = rest;
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push_str(ELLIPSIS);
    Cow::Owned(kept)
}

/// Bytes that `text` takes inside the quotes of a JSON string.
fn json_length(text: &str) -> usize {
    text.chars()
        .map(|character| match character {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
            '\0'..='\u{1f}' => 6,
            other => other.len_utf8(),
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn about<'a>(title: &'a str, body: &'a str) -> NotificationPayload<'a> {
        NotificationPayload { kind: "inbound", title, body, url: "/conversations/7", tag: "conversation-7" }
    }

    fn read(bytes: &[u8]) -> Value {
        serde_json::from_slice(bytes).expect("JSON")
    }

    #[test]
    fn an_ordinary_text_arrives_whole() {
        let json = String::from_utf8(about("Ann Lee", "Hi \"there\"\n👋").to_bytes()).expect("UTF-8");
        assert_eq!(
            json,
            r#"{"kind":"inbound","title":"Ann Lee","body":"Hi \"there\"\n👋","url":"/conversations/7","tag":"conversation-7"}"#
        );
    }

    #[test]
    fn the_longest_text_in_emoji_is_cut_between_two_families() {
        let family = "👨‍👩‍👧‍👦";
        let body = family.repeat(300);
        let bytes = about("Ann", &body).to_bytes();
        assert!(bytes.len() <= PAYLOAD_LIMIT && bytes.len() > PAYLOAD_LIMIT - family.len());
        let shown = read(&bytes)["body"].as_str().expect("text").to_owned();
        let whole = shown.strip_suffix('…').expect("an ellipsis");
        assert_eq!(whole.len() % family.len(), 0);
    }

    #[test]
    fn an_address_too_long_to_be_ours_leads_to_the_notifications() {
        let url = format!("/{}", "x".repeat(400));
        let payload = NotificationPayload { url: &url, ..about("Ann", "Hi") };
        assert_eq!(read(&payload.to_bytes())["url"], "/notifications");
    }

    proptest! {
        #[test]
        fn any_title_body_and_tag_fit_and_stay_json(
            title in "\\PC{0,400}", body in "[\\x00-\\x1f\"\\\\a-zé👍\u{301} ]{0,3000}", tag in "\\PC{0,200}",
        ) {
            let payload = NotificationPayload { tag: &tag, ..about(&title, &body) };
            for (bytes, limit) in [(payload.to_bytes(), PAYLOAD_LIMIT), (payload.to_short_bytes(), SHORT_PAYLOAD_LIMIT)] {
                prop_assert!(bytes.len() <= limit);
                let json = read(&bytes);
                let shown = json["body"].as_str().expect("text");
                let kept = shown.strip_suffix('…').unwrap_or(shown);
                prop_assert!(body.starts_with(kept));
            }
        }

        #[test]
        fn the_length_as_json_is_what_serde_writes(text in ".*") {
            prop_assert_eq!(json_length(&text) + 2, serde_json::to_string(&text).expect("JSON").len());
        }
    }
}
