use super::*;
use proptest::prelude::*;

fn guard() -> EndpointGuard {
    EndpointGuard::new(["http://127.0.0.1:9000", "https://push.example.org:8443"]).expect("origins")
}

#[test]
fn the_push_services_of_known_browsers_are_let_through() {
    for endpoint in [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QABC",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2f",
        "https://FCM.googleapis.com:443/fcm/send/abc",
    ] {
        assert!(guard().check(endpoint).is_ok(), "{endpoint}");
    }
}

#[test]
fn everything_else_is_refused_and_says_why() {
    use EndpointRefused::*;
    let table = [
        ("https://fcm.googleapis.com.evil.com/x", UnknownService),
        ("https://evilfcm.googleapis.com/x", UnknownService),
        ("https://googleapis.com/x", UnknownService),
        ("https://fcm.googleapis.com./x", UnknownService),
        ("https://evil.com/fcm.googleapis.com", UnknownService),
        ("https://evil.com/?https://fcm.googleapis.com/", UnknownService),
        ("https://evil.com#.fcm.googleapis.com", UnknownService),
        ("https://localhost/x", UnknownService),
        ("https://fcm.googleapis.com@evil.com/x", NamesAUser),
        ("https://user:secret@fcm.googleapis.com/x", NamesAUser),
        ("https://:secret@fcm.googleapis.com/x", NamesAUser),
        ("https://fcm.googleapis.com:8443/x", WrongPort),
        ("https://fcm.googleapis.com:80/x", WrongPort),
        ("http://fcm.googleapis.com/x", NotHttps),
        ("http://fcm.googleapis.com:443/x", NotHttps),
        ("ftp://fcm.googleapis.com/x", NotHttps),
        ("file:///etc/passwd", NotHttps),
        ("data:text/plain,x", NotHttps),
        ("https://127.0.0.1/x", IpAddress),
        ("https://2130706433/x", IpAddress),
        ("https://0x7f.1/x", IpAddress),
        ("https://[::1]/x", IpAddress),
        ("https://[::ffff:10.0.0.1]/x", IpAddress),
        ("https://169.254.169.254/latest/meta-data", IpAddress),
        ("https://8.8.8.8/x", IpAddress),
        ("https://ｆｃｍ.googleapis.com/x", NotAnAddress),
        ("https://fcm。googleapis。com/x", NotAnAddress),
        ("https://fcm.googleapis.com\\@evil.com/x", NotAnAddress),
        (" https://fcm.googleapis.com/x", NotAnAddress),
        ("https://fcm.goog\tleapis.com/x", NotAnAddress),
        ("https://fcm.googleapis.com/x\r\nHost: evil.com", NotAnAddress),
        ("foo", NotAnAddress),
        ("", NotAnAddress),
        ("https://", NotAnAddress),
        ("//fcm.googleapis.com/x", NotAnAddress),
    ];
    for (endpoint, why) in table {
        assert_eq!(guard().check(endpoint).err(), Some(why), "{endpoint}");
    }
}

#[test]
fn an_endpoint_may_have_2048_bytes_and_not_one_more() {
    let start = "https://fcm.googleapis.com/";
    let longest = format!("{start}{}", "x".repeat(2_048 - start.len()));
    assert!(guard().check(&longest).is_ok());
    assert_eq!(guard().check(&format!("{longest}x")).err(), Some(EndpointRefused::TooLong));
    // Shorter as written, longer once the quote marks are percent-encoded.
    let grows = format!("{start}{}", "\"".repeat(1_000));
    assert_eq!(guard().check(&grows).err(), Some(EndpointRefused::TooLong));
}

#[test]
fn an_extra_origin_is_matched_with_its_scheme_and_port() {
    for endpoint in ["http://127.0.0.1:9000/push/1", "https://push.example.org:8443/a"] {
        assert!(guard().check(endpoint).is_ok(), "{endpoint}");
    }
    for endpoint in [
        "http://127.0.0.1:9001/push/1",
        "https://127.0.0.1:9000/push/1",
        "http://localhost:9000/push/1",
        "http://user@127.0.0.1:9000/push/1",
        "https://push.example.org/a",
        "https://sub.push.example.org:8443/a",
        "http://push.example.org:8443/a",
    ] {
        assert!(guard().check(endpoint).is_err(), "{endpoint}");
    }
}

#[test]
fn plain_http_is_configured_for_this_machine_only() {
    for origin in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://10.0.0.5"] {
        assert!(EndpointGuard::new([origin]).is_ok(), "{origin}");
    }
    for origin in [
        "http://push.example.org",
        "http://10.0.0.5:9000",
        "http://localhost.evil.com",
        "https://push.example.org/path",
        "https://push.example.org?x",
        "https://push.example.org#x",
        "https://me@push.example.org",
        "push.example.org",
        "ws://127.0.0.1:9000",
        "*",
        "",
    ] {
        assert!(EndpointGuard::new([origin]).is_err(), "{origin}");
    }
}

#[test]
fn the_origin_keeps_an_unusual_port_and_drops_the_usual_one() {
    let origin = |endpoint| guard().check(endpoint).expect("allowed").origin();
    assert_eq!(origin("http://127.0.0.1:9000/a/b?c"), "http://127.0.0.1:9000");
    assert_eq!(origin("https://fcm.googleapis.com:443/x"), "https://fcm.googleapis.com");
}

proptest! {
    /// Whatever is let through is https on a known service, however strangely it was written.
    #[test]
    fn nothing_but_a_known_service_gets_through(
        before in "[ -~]{0,12}", between in "[ -~]{0,6}", after in "[ -~]{0,12}",
    ) {
        let known_only = EndpointGuard::default();
        for endpoint in [
            format!("https://{before}fcm.googleapis.com{after}"),
            format!("https://{before}push.apple.com{between}:{after}"),
            format!("{before}://{between}@fcm.googleapis.com/{after}"),
        ] {
            if let Ok(allowed) = known_only.check(&endpoint) {
                let host = allowed.url().host_str().map(str::to_owned).unwrap_or_default();
                prop_assert!(host == "fcm.googleapis.com" || host.ends_with(".fcm.googleapis.com")
                    || host == "push.apple.com" || host.ends_with(".push.apple.com"), "{}", endpoint);
                prop_assert_eq!(allowed.url().port_or_known_default(), Some(443));
                prop_assert_eq!(allowed.url().scheme(), "https");
                prop_assert_eq!(allowed.url().username(), "");
            }
        }
    }

    #[test]
    fn any_text_at_all_gets_an_answer(endpoint in ".{0,200}") {
        let _ = EndpointGuard::default().check(&endpoint);
    }
}
