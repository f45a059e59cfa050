/// First match wins: most browsers also name those they want to be taken for.
const BROWSERS: [(&str, &str); 14] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// "Chrome on Windows", from what the browser said of itself. Only ever shown, never decided by.
pub fn browser_name(user_agent: &str) -> String {
    let first = |names: &[(&'static str, &'static str)]| {
        let found = names.iter().find(|(sign, _)| user_agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "A browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn a_browser_is_called_as_people_call_it_and_not_by_whom_it_imitates() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        for (agent, name) in [
            (format!("{windows} {webkit} Chrome/141.0.0.0 Safari/537.36"), "Chrome on Windows"),
            (format!("{windows} {webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"), "Edge on Windows"),
            (format!("{windows} {webkit} Chrome/141.0.0.0 Safari/537.36 OPR/122.0.0.0"), "Opera on Windows"),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {webkit} Chrome/141.0.0.0 Safari/537.36"),
                "Chrome on ChromeOS",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} SamsungBrowser/28.0 Chrome/130.0.0.0"),
                "Samsung Internet on Android",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(), "Firefox on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 \
                 Mobile/15E148 Safari/604.1"
                    .to_owned(),
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15"
                    .to_owned(),
                "Safari on Mac",
            ),
        ] {
            assert_eq!(browser_name(&agent), name, "{agent}");
        }
    }

    #[test]
    fn a_browser_that_says_little_still_has_a_name() {
        assert_eq!(browser_name(""), "A browser");
        assert_eq!(browser_name("curl/8.14.1"), "A browser");
        assert_eq!(browser_name("Something (Linux)"), "A browser on Linux");
        assert_eq!(browser_name("Firefox/140.0"), "Firefox");
    }
}
