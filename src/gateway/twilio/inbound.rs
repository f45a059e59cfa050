use super::form::{BadHook, HookForm};
use crate::gateway::{InboundText, MediaReference};
use std::collections::BTreeMap;
use url::Url;

/// Reads an inbound text: the account it is for (empty if the hook names none) and the text.
///
/// Fields it does not know are ignored, pictures are taken as they are listed whatever `NumMedia` says.
pub fn parse_inbound(raw: &[u8]) -> Result<(String, InboundText), BadHook> {
    let form = HookForm::parse(raw);
    let text = InboundText {
        provider_message_id: form.required(&["MessageSid", "SmsMessageSid", "SmsSid"])?.to_owned(),
        from: form.required(&["From"])?.to_owned(),
        to: form.required(&["To"])?.to_owned(),
        body: form.text("Body").unwrap_or_default().to_owned(),
        media: media(&form),
    };
    let account_sid = form.word(&["AccountSid"]).unwrap_or_default().to_owned();
    Ok((account_sid, text))
}

fn media(form: &HookForm) -> Vec<MediaReference> {
    let mut by_number: BTreeMap<u16, &str> = BTreeMap::new();
    for (key, url) in form.entries() {
        if let Some(number) = key.strip_prefix("MediaUrl").and_then(|digits| digits.parse().ok()) {
            by_number.entry(number).or_insert(url);
        }
    }
    by_number
        .into_iter()
        .filter(|(_, url)| leads_to_the_web(url))
        .map(|(number, url)| MediaReference { url: url.to_owned(), content_type: content_type(form, number) })
        .collect()
}

// The address may end up in a link on a page.
fn leads_to_the_web(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn content_type(form: &HookForm, number: u16) -> String {
    form.text(&format!("MediaContentType{number}"))
        .map(str::trim)
        .filter(|stated| !stated.is_empty())
        .unwrap_or("application/octet-stream")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: &str = "MessageSid=SM1&AccountSid=AC1&From=%2B15550101&To=%2B15550100&Body=Hi+there&NumMedia=0";

    fn text_of(raw: &str) -> InboundText {
        parse_inbound(raw.as_bytes()).unwrap().1
    }

    #[test]
    fn a_plain_text_is_read_with_its_account() {
        let (account, text) = parse_inbound(PLAIN.as_bytes()).unwrap();
        assert_eq!(account, "AC1");
        assert_eq!(text.provider_message_id, "SM1");
        assert_eq!(text.from, "+15550101");
        assert_eq!(text.to, "+15550100");
        assert_eq!(text.body, "Hi there");
        assert!(text.media.is_empty());
    }

    #[test]
    fn the_first_of_repeated_values_counts_and_unknown_fields_are_ignored() {
        let text = text_of(&format!("{PLAIN}&Body=other&From=%2B1999&Novelty=yes"));
        assert_eq!(text.body, "Hi there");
        assert_eq!(text.from, "+15550101");
    }

    #[test]
    fn nul_is_dropped_and_broken_utf8_is_replaced_but_the_text_is_kept() {
        let text = text_of("MessageSid=SM1&From=1&To=2&Body=a%00b%FFc");
        assert_eq!(text.body, "ab\u{fffd}c");
    }

    #[test]
    fn what_somebody_wrote_is_not_trimmed() {
        assert_eq!(text_of("MessageSid=SM1&From=1&To=2&Body=+a+").body, " a ");
    }

    #[test]
    fn a_short_code_or_a_name_may_text_us() {
        assert_eq!(text_of("MessageSid=SM1&From=72404&To=2").from, "72404");
        assert_eq!(text_of("MessageSid=SM1&From=BANK&To=2").from, "BANK");
    }

    #[test]
    fn sixteen_hundred_emoji_arrive_whole() {
        let body = "%F0%9F%98%80".repeat(1600);
        let text = text_of(&format!("MessageSid=SM1&From=1&To=2&Body={body}"));
        assert_eq!(text.body, "😀".repeat(1600));
    }

    #[test]
    fn a_text_of_pictures_only_has_an_empty_body() {
        let text = text_of(
            "MessageSid=MM1&From=1&To=2&NumMedia=2\
             &MediaUrl0=https%3A%2F%2Fx.example%2F0&MediaContentType0=image%2Fjpeg\
             &MediaUrl1=https%3A%2F%2Fx.example%2F1",
        );
        assert_eq!(text.body, "");
        let listed: Vec<_> = text.media.iter().map(|m| (m.url.as_str(), m.content_type.as_str())).collect();
        assert_eq!(
            listed,
            [("https://x.example/0", "image/jpeg"), ("https://x.example/1", "application/octet-stream"),]
        );
    }

    #[test]
    fn a_wrong_count_of_pictures_neither_hides_nor_invents_any() {
        let none_there = text_of("MessageSid=SM1&From=1&To=2&NumMedia=3");
        assert!(none_there.media.is_empty());
        for count in ["0", "99999999999999999999", "-1", "two"] {
            let text =
                text_of(&format!("MessageSid=SM1&From=1&To=2&NumMedia={count}&MediaUrl0=https%3A%2F%2Fx.example%2F0"));
            assert_eq!(text.media.len(), 1, "{count}");
        }
    }

    #[test]
    fn a_picture_behind_a_script_is_left_out() {
        let text = text_of("MessageSid=SM1&From=1&To=2&MediaUrl0=javascript%3Aalert(1)&Body=x");
        assert!(text.media.is_empty());
    }

    #[test]
    fn older_names_of_the_id_are_understood() {
        assert_eq!(text_of("SmsMessageSid=a&From=1&To=2").provider_message_id, "a");
        assert_eq!(text_of("SmsSid=b&From=1&To=2").provider_message_id, "b");
        assert_eq!(text_of("SmsSid=b&MessageSid=+&From=1&To=2").provider_message_id, "b");
    }

    #[test]
    fn what_is_missing_is_named() {
        for (raw, field) in [
            ("From=1&To=2", "MessageSid"),
            ("MessageSid=SM1&To=2", "From"),
            ("MessageSid=SM1&From=1&To=", "To"),
            ("", "MessageSid"),
        ] {
            assert_eq!(parse_inbound(raw.as_bytes()), Err(BadHook::Missing { field }), "{raw}");
        }
    }

    #[test]
    fn a_hook_without_account_belongs_to_nobody() {
        let (account, _) = parse_inbound(b"MessageSid=SM1&From=1&To=2").unwrap();
        assert_eq!(account, "");
    }

    proptest! {
        #[test]
        fn whatever_bytes_arrive_reading_them_never_panics(raw in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse_inbound(&raw);
        }

        #[test]
        fn any_text_survives_its_encoding(body in "[^\0]{0,80}") {
            let raw = serde_urlencoded::to_string([
                ("MessageSid", "SM1"), ("From", "1"), ("To", "2"), ("Body", body.as_str()),
            ]).unwrap();
            prop_assert_eq!(text_of(&raw).body, body);
        }
    }
}
