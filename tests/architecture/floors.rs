//! Who may know whom. Arrows point downward and there is no circle.

use crate::house::{Breach, House, Source, finds, hold};

/// A floor, and those it may use beside itself. Read from the bottom up.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("assignment_policy", &["domain"]),
    ("automation", &["domain"]),
    ("store", &["domain"]),
    ("gateway", &["domain"]),
    ("push", &["domain"]),
    ("live", &["domain"]),
    ("services", &["domain", "assignment_policy", "automation", "store", "gateway", "push", "live"]),
    ("worker", &["domain", "assignment_policy", "automation", "store", "gateway", "push", "live", "services"]),
    // Pages and actions go through services and the store's read models; a stream of events is handed on as it is
    ("web", &["domain", "assignment_policy", "automation", "store", "live", "services"]),
    ("docs", &[]),
];

/// They put the parts together, so they know them all; nobody below knows them.
const COMPOSITION_ROOT: [&str; 5] = ["src/app", "src/cli/", "src/config", "src/main.rs", "src/lib.rs"];

/// Corners of a floor that may use more, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("src/web/hooks/", "gateway", "a hook speaks its gateway's dialect: signature and form are the adapter's"),
    (
        "src/web/simulator/",
        "gateway",
        "the page is the simulator's own phone: what is typed on it comes in as at a gateway",
    ),
    ("src/web/push/", "push", "a subscription is validated where it comes in"),
];

/// Parts that only the composition root chooses; everybody else knows their trait.
const ADAPTERS: &[&str] = &[
    "gateway::SimulatorGateway",
    "gateway::simulator",
    "gateway::telnyx",
    "gateway::twilio",
    "push::WebPushSender",
    "push::web_push_sender",
];

#[test]
fn no_floor_knows_the_ones_above_it() {
    hold(
        upward_arrows,
        "A floor may use only those below it (FLOORS in tests/architecture/floors.rs): so each can be \
        read, tested and changed without those above.",
    );
}

#[test]
fn only_the_composition_root_knows_adapters() {
    hold(
        known_adapters,
        "Services know SmsGateway and PushSender, not who stands behind: so a gateway is added \
        without touching them.",
    );
}

fn upward_arrows(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.program() {
        if file.is_in(&COMPOSITION_ROOT) {
            continue;
        }
        let floor = floor_of(file);
        let Some((_, may)) = FLOORS.iter().find(|(name, _)| *name == floor) else {
            breaches.push(file.breach(1, format!("`{floor}` is on no floor: give it one")));
            continue;
        };
        for (line, path) in crate_paths(&file.code()) {
            let other = path.split("::").next().unwrap_or_default();
            if other != floor && !may.contains(&other) && !excepted(file, other) {
                breaches.push(file.breach(line, format!("`{floor}` uses `{path}`")));
            }
        }
    }
    breaches
}

fn known_adapters(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.program().into_iter().filter(|file| !file.is_in(&COMPOSITION_ROOT)) {
        let floor = floor_of(file);
        for (line, path) in crate_paths(&file.code()) {
            let at_home = path.starts_with(floor);
            let adapter = ADAPTERS.iter().any(|adapter| format!("{path}::").starts_with(&format!("{adapter}::")));
            if adapter && !at_home && !excepted(file, path.split("::").next().unwrap_or_default()) {
                breaches.push(file.breach(line, format!("`{floor}` uses the adapter `{path}`")));
            }
        }
    }
    breaches
}

fn excepted(file: &Source, other: &str) -> bool {
    EXCEPTIONS.iter().any(|(place, allowed, _)| *allowed == other && file.path.starts_with(place))
}

/// `src/store/x.rs` and `src/store.rs` are both `store`.
fn floor_of(file: &Source) -> &str {
    let inside = file.path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.split('/').next().unwrap_or_default()
}

/// Every path that begins at the crate, with its line; `use crate::{a, b::{c, d}}` gives `a`, `b::c` and `b::d`.
fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `mycrate::` is somebody else
        if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            let line = code[..at].matches('\n').count() + 1;
            let mut found = Vec::new();
            use_tree(&code[at + "crate::".len()..], "", &mut found);
            // A macro of the crate lives at its root, wherever it is written
            found.retain(|path| !path.ends_with('!'));
            paths.extend(found.into_iter().map(|path| (line, path)));
        }
    }
    paths
}

/// Reads one path or group; answers the rest.
fn use_tree<'a>(code: &'a str, prefix: &str, found: &mut Vec<String>) -> &'a str {
    let mut path = prefix.to_owned();
    let mut rest = code.trim_start();
    loop {
        if let Some(mut inside) = rest.strip_prefix('{') {
            while !inside.is_empty() && !inside.trim_start().starts_with('}') {
                inside = use_tree(inside, &path, found).trim_start();
                inside = inside.split_once([',', '}']).map_or("", |(skipped, after)| {
                    if inside[skipped.len()..].starts_with('}') { &inside[skipped.len()..] } else { after }
                });
            }
            return inside.trim_start().strip_prefix('}').unwrap_or_default();
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && !"_!*".contains(c)).unwrap_or(rest.len());
        path.push_str(&rest[..end]);
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(after) => {
                path.push_str("::");
                rest = after;
            }
            None => {
                found.push(path);
                return rest;
            }
        }
    }
}

#[test]
fn an_arrow_that_runs_upward_is_found() {
    let files = [("src/store/texts.rs", "//! crate::web\nuse crate::domain::X;\nuse crate::{domain, web::{Page, y}};")];
    assert_eq!(
        finds(upward_arrows, &files),
        ["src/store/texts.rs:3: `store` uses `web::Page`", "src/store/texts.rs:3: `store` uses `web::y`"]
    );
    assert!(finds(upward_arrows, &[("src/web/page.rs", "fn f() { crate::services::send() }")]).is_empty());
    assert!(
        finds(upward_arrows, &[("src/store/x.rs", "crate::native!(x); #[cfg(test)] mod t { use crate::web; }")])
            .is_empty()
    );
}

#[test]
fn a_module_without_a_floor_is_found() {
    assert_eq!(finds(upward_arrows, &[("src/misc.rs", "")]), ["src/misc.rs:1: `misc` is on no floor: give it one"]);
}

#[test]
fn an_exception_ends_at_its_corner() {
    let using = "use crate::gateway::twilio::Signature;";
    assert!(finds(upward_arrows, &[("src/web/hooks/twilio.rs", using)]).is_empty());
    assert!(finds(known_adapters, &[("src/web/hooks/twilio.rs", using)]).is_empty());
    assert_eq!(finds(upward_arrows, &[("src/web/page.rs", using)]).len(), 1);
}

#[test]
fn a_service_that_knows_an_adapter_is_found() {
    let files = [("src/services/send.rs", "use crate::gateway::{SmsGateway, twilio::Twilio};")];
    assert_eq!(
        finds(known_adapters, &files),
        ["src/services/send.rs:1: `services` uses the adapter `gateway::twilio::Twilio`"]
    );
    assert!(finds(known_adapters, &[("src/gateway/mod.rs", "use crate::gateway::twilio::Twilio;")]).is_empty());
}
