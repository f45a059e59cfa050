/// The push services of the browsers people use. A host counts when it is one of these or a
/// subdomain of one: the comparison is bounded by a dot, so `evilfcm.googleapis.com` is neither.
const KNOWN_SERVICES: &[&str] = &[
    "fcm.googleapis.com",                // Chrome, Edge on Android, Opera, Samsung
    "jmt17.google.com",                  // Debian's Chromium
    "updates.push.services.mozilla.com", // Firefox
    "push.apple.com",                    // Safari, installed apps on iOS
    "notify.windows.com",                // Edge on Windows
];

/// `host` is lower case, as the `url` crate gives it.
pub(super) fn is_known_service(host: &str) -> bool {
    KNOWN_SERVICES.iter().any(|service| {
        host == *service || host.strip_suffix(service).is_some_and(|before| before.ends_with('.') && before.len() > 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdomain_counts_and_a_mere_suffix_does_not() {
        for host in ["fcm.googleapis.com", "web.push.apple.com", "wns2-par02p.notify.windows.com"] {
            assert!(is_known_service(host), "{host}");
        }
        for host in [
            "evilfcm.googleapis.com",
            "fcm.googleapis.com.evil.com",
            "googleapis.com",
            ".fcm.googleapis.com",
            "fcm.googleapis.com.",
            "",
        ] {
            assert!(!is_known_service(host), "{host}");
        }
    }
}
