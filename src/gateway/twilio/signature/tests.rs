use super::*;
use proptest::prelude::*;

// All signatures written out here were made by Twilio's own SDK (`tests/judges/twilio_sign.py`).
const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const BODY: &[u8] = b"CallSid=CA1234567890ABCDE&Caller=%2B12349013030&From=%2B12349013030\
    &Digits=1234&To=%2B18005551212";
const SHA1: &str = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
const SHA1_WITH_PORT: &str = "EpDEmp1PyjDYp77YxYU3GILBWzE=";
const SHA1_HTTP: &str = "FYMaGAU6nPbB9h2pncMl4aJ4vns=";
const SHA256: &str = "Rmm4Vzj+Ky7JGoWXMCsZDZuHDszLr9xvdbvitrDr4/M=";

fn checked(tokens: &[&str], url: &str, body: &[u8], signature: &str) -> bool {
    let headers = SignatureHeaders { signature: Some(signature), settings: None };
    is_signed(tokens, url, body, headers)
}

fn checked_with(settings: &str, signature: &str) -> bool {
    let headers = SignatureHeaders { signature: Some(signature), settings: Some(settings) };
    is_signed(&["12345"], URL, BODY, headers)
}

#[test]
fn what_twilio_signed_is_signed() {
    assert!(checked(&["12345"], URL, BODY, SHA1));
    let http = URL.replace("https", "http");
    assert!(checked(&["12345"], &http, BODY, SHA1_HTTP));
}

#[test]
fn the_port_may_be_written_or_not_on_either_side() {
    let with_port = URL.replace(".com/", ".com:443/");
    assert!(checked(&["12345"], URL, BODY, SHA1_WITH_PORT));
    assert!(checked(&["12345"], &with_port, BODY, SHA1));
    assert!(checked(&["12345"], &with_port, BODY, SHA1_WITH_PORT));
}

#[test]
fn a_port_is_only_what_follows_the_host() {
    let forms = |url| with_and_without_port(url).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(forms("https://[::1]/a:1"), "https://[::1]/a:1 https://[::1]:443/a:1");
    assert_eq!(forms("http://[::1]:80/?x=:9"), "http://[::1]/?x=:9 http://[::1]:80/?x=:9");
    assert_eq!(forms("https://u:p@h.example"), "https://u:p@h.example https://u:p@h.example:443");
    assert_eq!(forms("no address"), "no address");
}

#[test]
fn anything_changed_is_not_signed() {
    assert!(checked(&["12345"], URL, BODY, SHA1));
    assert!(!checked(&["12346"], URL, BODY, SHA1));
    assert!(!checked(&["12345"], &URL.replace("bar=2", "bar=3"), BODY, SHA1));
    assert!(!checked(&["12345"], &URL.replace("https", "http"), BODY, SHA1));
    assert!(!checked(&["12345"], URL, &[BODY, b"&More=1"].concat(), SHA1));
    assert!(!checked(&["12345"], URL, b"", SHA1));
    for wrong in ["", "=", " ", &SHA1[1..], &format!("{SHA1} "), &SHA1.to_lowercase(), SHA256] {
        assert!(!checked(&["12345"], URL, BODY, wrong), "{wrong:?}");
    }
}

#[test]
fn without_a_signature_nothing_is_signed() {
    assert!(!is_signed(&["12345"], URL, BODY, SignatureHeaders::default()));
}

#[test]
fn either_token_is_good_while_it_is_rotated() {
    assert!(checked(&["new", "12345"], URL, BODY, SHA1));
    assert!(checked(&["12345", "new"], URL, BODY, SHA1));
    assert!(!checked(&["new", "newer"], URL, BODY, SHA1));
}

#[test]
fn an_empty_token_or_none_opens_no_door() {
    let by_empty_token = Algorithm::Sha1.sign("", &[URL.as_bytes()].concat());
    assert!(!checked(&[""], URL, b"", &by_empty_token));
    assert!(!checked(&[], URL, BODY, SHA1));
}

#[test]
fn the_newer_header_names_the_algorithm() {
    assert!(checked_with("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", SHA256));
    assert!(checked_with("algorithm = hmac_sha256 , key=1", SHA256));
    assert!(checked_with("key=1,algorithm=HMAC_SHA1", SHA1));
    assert!(checked_with("key=1", SHA1));
    assert!(checked_with("", SHA1));
}

#[test]
fn a_signature_of_another_or_an_unknown_algorithm_is_refused() {
    assert!(!checked_with("key=1,algorithm=HMAC_SHA256", SHA1));
    assert!(!checked_with("key=1,algorithm=HMAC_SHA1", SHA256));
    assert!(!checked_with("", SHA256));
    for signature in [SHA1, SHA256, ""] {
        assert!(!checked_with("key=1,algorithm=HMAC_SHA512", signature));
        assert!(!checked_with("key=1,algorithm=none", signature));
    }
}

#[test]
fn repeated_values_are_sorted_and_counted_once_and_nothing_is_trimmed() {
    let url = "https://inbox.example:8443/hooks/twilio/sms";
    let body = "MediaUrl=b&MediaUrl=a&MediaUrl=b&Body=+two++spaces+&body=%C3%A9%F0%9F%98%80";
    let signature = "WxueaXvX5UbYRhxeZ4ZbR3Fl4hY=";
    assert!(checked(&["12345"], url, body.as_bytes(), signature));
    let trimmed = body.replace("=+", "=");
    assert!(!checked(&["12345"], url, trimmed.as_bytes(), signature));
}

#[test]
fn a_json_body_is_signed_by_its_hash_in_the_address() {
    let url = "https://inbox.example/hooks/twilio/sms\
        ?bodySHA256=f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310";
    let signature = "ORL13a5GTZvFmkEBtm/K+PrkYC8=";
    assert!(checked(&["12345"], url, br#"{"a": 1}"#, signature));
    assert!(!checked(&["12345"], url, br#"{"a": 2}"#, signature));
    assert!(!checked(&["12345"], url, br#"{"a":1}"#, signature));
}

proptest! {
    #[test]
    fn whatever_arrives_checking_it_never_panics(
        url in "(https?://)?[a-z:\\[\\]@/?#&=.é]{0,30}",
        body in prop::collection::vec(any::<u8>(), 0..100),
        signature in ".{0,40}",
        settings in "(algorithm=)?[A-Z0-9_,= ]{0,20}",
    ) {
        let headers = SignatureHeaders { signature: Some(&signature), settings: Some(&settings) };
        prop_assert!(!is_signed(&["12345"], &url, &body, headers));
    }

    #[test]
    fn the_order_of_fields_does_not_matter(
        pairs in prop::collection::vec(("[a-zA-Z]{1,3}", "\\PC{0,5}"), 0..8),
    ) {
        let there = serde_urlencoded::to_string(&pairs).unwrap();
        let back = serde_urlencoded::to_string(pairs.iter().rev().collect::<Vec<_>>()).unwrap();
        let fields = sorted_fields(there.as_bytes());
        let signature = Algorithm::Sha1.sign("12345", &[URL.as_bytes(), fields.as_bytes()].concat());
        prop_assert!(checked(&["12345"], URL, back.as_bytes(), &signature));
    }
}
