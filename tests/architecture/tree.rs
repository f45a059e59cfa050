//! What stands at the top, and what must be twice or nowhere.

use std::collections::BTreeSet;

use crate::house::{Breach, House, finds, hold};

/// Beside these only dotfiles.
const TOP: [&str; 9] =
    ["Cargo.lock", "Cargo.toml", "README.md", "diesel.toml", "migrations", "src", "static", "templates", "tests"];

/// In halves, so that this file does not break its own rule.
const MACHINES: [(&str, &str); 4] = [("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/fa", "rm/")];

#[test]
fn the_top_level_is_the_map() {
    hold(strangers, "A newcomer sees the whole house in one look: what is new belongs into one of the known rooms.");
}

#[test]
fn every_migration_exists_for_both_databases() {
    hold(
        lonely_migrations,
        "One binary, two databases, one history: each step has the same name in both folders, and \
        a way up and down.",
    );
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    hold(machine_paths, "A path of somebody's machine works nowhere else.");
}

fn strangers(house: &House) -> Vec<Breach> {
    let mut seen = BTreeSet::new();
    let new = house.files.iter().filter(|file| {
        let top = file.path.split('/').next().unwrap_or_default();
        !top.starts_with('.') && !TOP.contains(&top) && seen.insert(top)
    });
    new.map(|file| file.breach(1, "stands where nothing else may")).collect()
}

fn lonely_migrations(house: &House) -> Vec<Breach> {
    let files = house.under("migrations/", &[".sql"]);
    let mut breaches = Vec::new();
    for file in &files {
        let mut parts = file.path.splitn(4, '/').skip(1);
        let (Some(database), Some(name), Some(step)) = (parts.next(), parts.next(), parts.next()) else {
            breaches.push(file.breach(1, "is not migrations/DATABASE/NAME/up.sql"));
            continue;
        };
        let other = if database == "sqlite" { "postgres" } else { "sqlite" };
        let way = if step == "up.sql" { "down.sql" } else { "up.sql" };
        for twin in [format!("migrations/{other}/{name}/{step}"), format!("migrations/{database}/{name}/{way}")] {
            if !files.iter().any(|file| file.path == twin) {
                breaches.push(file.breach(1, format!("there is no {twin}")));
            }
        }
    }
    breaches
}

fn machine_paths(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.files.iter().filter(|file| file.path != "Cargo.lock" && !file.path.starts_with("static/vendor/"))
    {
        for (number, line) in file.text.lines().enumerate() {
            let machine = MACHINES.iter().map(|(a, b)| format!("{a}{b}")).find(|path| begins_a_path(line, path));
            breaches.extend(machine.map(|path| file.breach(number + 1, path)));
        }
    }
    breaches
}

/// `/x/` at the start of a path, unlike in `https://host/x/` or `a/x/b`.
fn begins_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}/".contains(c)))
}

#[test]
fn a_stranger_at_the_top_is_found() {
    let files = [("notes/a.md", ""), ("notes/b.md", ""), (".ci/run", ""), ("src/a.rs", "")];
    assert_eq!(finds(strangers, &files), ["notes/a.md:1: stands where nothing else may"]);
}

#[test]
fn a_migration_for_one_database_is_found() {
    let both = ["migrations/sqlite/1_a/up.sql", "migrations/sqlite/1_a/down.sql", "migrations/postgres/1_a/up.sql"];
    let files = both.map(|path| (path, ""));
    assert_eq!(
        finds(lonely_migrations, &files),
        [
            "migrations/sqlite/1_a/down.sql:1: there is no migrations/postgres/1_a/down.sql",
            "migrations/postgres/1_a/up.sql:1: there is no migrations/postgres/1_a/down.sql",
        ]
    );
}

#[test]
fn a_path_of_a_machine_is_found() {
    let (work, text) = (format!("cd {}{}main", "/wo", "rk/"), format!("see https://x.example{}{}", "/wo", "rk/"));
    let found = finds(machine_paths, &[("README.md", &work), ("src/a.rs", &text)]);
    assert_eq!(found, [format!("README.md:1: {}{}", "/wo", "rk/")]);
}
