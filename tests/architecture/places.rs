//! Words that may stand in one place only.

use crate::house::{Breach, House, Source, finds, hold};

/// A word of code and the places that may say it. One that ends in `_` stands for all that begin with it.
const WORDS: &[(&str, &[&str])] = &[
    ("diesel", &["src/store/"]),
    ("diesel_", &["src/store/"]),
    ("actix_", &["src/web/", "src/app", "src/main.rs"]),
    ("askama", &["src/web/"]),
    ("reqwest", &["src/gateway/", "src/push/", "src/app"]),
    ("rlibphonenumber", &["src/domain/"]),
];

const CLOCKS_AND_ENVIRONMENT: [&str; 6] =
    ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "std::env", "env::var"];

/// Where the program meets its machine, and the adapters that meet somebody else's.
const MEET_THE_WORLD: [&str; 6] = ["src/app", "src/config", "src/main.rs", "src/cli/", "src/gateway/", "src/push/"];

/// `Instant::now` measures waiting and never enters a rule; these may, each with its reason.
const STOPWATCHES: &[(&str, &str)] = &[("src/store/", "a transaction is run again for five seconds, then given up")];

const NOT_IN_PURE_FLOORS: [&str; 10] = [
    "async fn",
    ".await",
    "std::fs",
    "std::net",
    "std::io",
    "std::thread",
    "tokio::",
    "tracing::",
    "rand::",
    "static mut",
];

const PANICS: [&str; 8] =
    [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", ".unwrap_unchecked("];

#[test]
fn a_crate_is_known_on_its_floor_only() {
    hold(
        crates_elsewhere,
        "The database is the store's, HTTP is web's, phone rules are the domain's (WORDS in \
        tests/architecture/places.rs): so each could be exchanged in one folder. Blocking work outside goes through \
        tokio::task::spawn_blocking.",
    );
}

#[test]
fn htmx_headers_are_named_in_one_file() {
    hold(htmx_headers, "No handler asks \"is this htmx\": web/htmx.rs and the Page responder do, once for all.");
}

#[test]
fn time_and_environment_come_in_as_parameters() {
    hold(
        clocks,
        "Only the composition root, config and adapters read clocks and the environment: everything else gets \
        them as parameters, so that tests choose the time and nothing depends on the machine in secret.",
    );
}

#[test]
fn pure_floors_do_no_input_or_output() {
    hold(impure, "domain, assignment_policy and automation are pure: same question, same answer, at any hour.");
}

#[test]
fn the_program_does_not_panic() {
    hold(
        panics,
        "Outside tests and start-up an error is a value that says what the person can do: a panic shows them \
        nothing and can take a worker with it.",
    );
}

#[test]
fn nothing_is_silenced() {
    hold(silenced, "A warning is mended, a test is run: nothing is ignored silently.");
}

#[test]
fn the_audit_log_and_the_consent_record_are_only_ever_added_to() {
    hold(
        log_changes,
        "What was done stays written down: no code updates or deletes audit_log or consents, whoever asks for it.",
    );
}

fn crates_elsewhere(house: &House) -> Vec<Breach> {
    in_program(house, |file, code| {
        words(code)
            .filter(|(_, word)| {
                let rule =
                    WORDS.iter().find(|(name, _)| word == name || (name.ends_with('_') && word.starts_with(name)));
                rule.is_some_and(|(_, places)| !file.is_in(places))
            })
            .map(|(at, word)| (at, word.to_owned()))
            .collect()
    })
}

fn htmx_headers(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.program().into_iter().filter(|file| file.path != "src/web/htmx.rs") {
        for (number, line) in file.code_and_texts().lines().enumerate() {
            if line.to_ascii_uppercase().contains("\"HX-") {
                breaches.push(file.breach(number + 1, line.trim()));
            }
        }
    }
    breaches
}

fn clocks(house: &House) -> Vec<Breach> {
    in_program(house, |file, code| {
        if file.is_in(&MEET_THE_WORLD) {
            return Vec::new();
        }
        let stopwatch = STOPWATCHES.iter().any(|(place, _)| file.path.starts_with(place));
        let forbidden = CLOCKS_AND_ENVIRONMENT.iter().filter(|word| !(stopwatch && **word == "Instant::now"));
        forbidden.flat_map(|word| places_of(code, word)).collect()
    })
}

fn impure(house: &House) -> Vec<Breach> {
    in_program(house, |file, code| {
        if !file.is_in(&["src/domain", "src/assignment_policy", "src/automation"]) {
            return Vec::new();
        }
        NOT_IN_PURE_FLOORS.iter().flat_map(|word| places_of(code, word)).collect()
    })
}

fn panics(house: &House) -> Vec<Breach> {
    in_program(house, |file, code| {
        let start_up = file.path == "src/main.rs";
        let forbidden = PANICS.iter().filter(|word| !(start_up && [".unwrap()", ".expect("].contains(word)));
        forbidden.flat_map(|word| places_of(code, word)).collect()
    })
}

fn silenced(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.under("", &[".rs"]) {
        let code = file.code_and_tests();
        for silence in ["#[allow(", "#![allow(", "#[ignore"] {
            breaches.extend(places_of(&code, silence).map(|(at, found)| file.breach(line_of(&code, at), found)));
        }
    }
    breaches
}

/// What `find` finds in the code of the program, as places.
fn in_program(house: &House, find: impl Fn(&Source, &str) -> Vec<(usize, String)>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.program() {
        let code = file.code();
        breaches.extend(find(file, &code).into_iter().map(|(at, found)| file.breach(line_of(&code, at), found)));
    }
    breaches
}

fn places_of<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = (usize, String)> {
    code.match_indices(word).map(|(at, found)| (at, found.to_owned()))
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn log_changes(house: &House) -> Vec<Breach> {
    in_program(house, |_, code| {
        let logs = ["audit_log::table", "consents::table"].into_iter().flat_map(|log| code.match_indices(log));
        let changes = logs.filter(|(at, _)| {
            let before = code[..*at].trim_end().trim_end_matches('(').trim_end();
            before.ends_with("update") || before.ends_with("delete")
        });
        changes.map(|(at, found)| (at, found.to_owned())).collect()
    })
}

fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = code.as_ptr() as usize;
    code.split(|c: char| !c.is_alphanumeric() && c != '_').map(move |word| (word.as_ptr() as usize - start, word))
}

#[test]
fn a_crate_on_another_floor_is_found() {
    let files =
        [("src/services/send.rs", "// diesel\nuse diesel::prelude::*;\nuse actix_web::web;\nlet x = my_diesel;")];
    assert_eq!(
        finds(crates_elsewhere, &files),
        ["src/services/send.rs:2: diesel", "src/services/send.rs:3: actix_web"]
    );
    let at_home = [
        ("src/store/db.rs", "use diesel::x;"),
        ("src/web/page.rs", "use actix_web::x;"),
        ("src/app.rs", "use actix_web::x;"),
    ];
    assert!(finds(crates_elsewhere, &at_home).is_empty());
}

#[test]
fn an_htmx_header_elsewhere_is_found() {
    let line = "if headers.get(\"HX-Request\").is_some() {}";
    assert_eq!(finds(htmx_headers, &[("src/web/page.rs", line)]), [format!("src/web/page.rs:1: {line}")]);
    assert_eq!(finds(htmx_headers, &[("src/web/page.rs", "get(\"hx-request\")")]).len(), 1);
    assert!(finds(htmx_headers, &[("src/web/htmx.rs", line), ("src/web/x.rs", "// \"HX-Request\"")]).is_empty());
}

#[test]
fn a_clock_elsewhere_is_found() {
    let now = "let t = Utc::now();";
    assert_eq!(finds(clocks, &[("src/services/send.rs", now)]), ["src/services/send.rs:1: Utc::now"]);
    assert_eq!(finds(clocks, &[("src/store/db.rs", "Instant::now(); Utc::now()")]), ["src/store/db.rs:1: Utc::now"]);
    assert!(finds(clocks, &[("src/app.rs", now), ("src/gateway/x.rs", now), ("src/web/tests.rs", now)]).is_empty());
}

#[test]
fn input_and_output_in_a_pure_floor_are_found() {
    assert_eq!(finds(impure, &[("src/domain/x.rs", "\nasync fn f() {}")]), ["src/domain/x.rs:2: async fn"]);
    assert!(finds(impure, &[("src/services/x.rs", "async fn f() {}")]).is_empty());
}

#[test]
fn a_panic_is_found_outside_tests_and_start_up() {
    assert_eq!(finds(panics, &[("src/web/x.rs", "a\n  .unwrap()")]), ["src/web/x.rs:2: .unwrap()"]);
    assert!(
        finds(panics, &[("src/main.rs", "x.expect(\"y\")"), ("src/web/x.rs", "x.unwrap_or(1); \".unwrap()\"")])
            .is_empty()
    );
    assert!(finds(panics, &[("src/web/x.rs", "#[cfg(test)]\nmod tests { fn t() { x.unwrap() } }")]).is_empty());
}

#[test]
fn a_change_of_a_log_is_found() {
    let change = "diesel::delete(\n  audit_log::table)";
    assert_eq!(finds(log_changes, &[("src/store/audit.rs", change)]), ["src/store/audit.rs:2: audit_log::table"]);
    assert_eq!(finds(log_changes, &[("src/store/x.rs", "update(audit_log::table)")]).len(), 1);
    assert_eq!(finds(log_changes, &[("src/store/x.rs", "update(consents::table.find(id))")]).len(), 1);
    assert!(finds(log_changes, &[("src/store/x.rs", "insert_into(audit_log::table)")]).is_empty());
}

#[test]
fn a_silenced_warning_or_test_is_found() {
    let files = [("tests/suite/x.rs", "#[test]\n#[ignore]\nfn t() {}"), ("src/x.rs", "#[allow(dead_code)]")];
    assert_eq!(finds(silenced, &files), ["tests/suite/x.rs:2: #[ignore", "src/x.rs:1: #[allow("]);
}
