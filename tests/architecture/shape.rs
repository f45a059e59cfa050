//! How long a file may be, and how it may be called.

use crate::house::{Breach, House, Source, finds, hold};

const MEDIAN: usize = 120;
const LONGEST: usize = 400;

/// Longer ones, each with the reason why it is one room and not several.
const LONG: &[(&str, &str)] = &[];

const EMPTY_NAMES: [&str; 10] =
    ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "shared", "stuff"];

#[test]
fn files_stay_small() {
    hold(
        long_files,
        "A file is one room: at most 400 lines (LONG in tests/architecture/shape.rs lists exceptions with \
        their reason).",
    );
}

#[test]
fn the_median_file_of_the_program_is_small() {
    hold(large_median, "Half of the program's files have at most 120 lines, so that one is read in one look.");
}

#[test]
fn names_come_from_the_product() {
    hold(empty_names, "A name says what is inside: `utils` and its kin say nothing and grow for ever.");
}

fn long_files(house: &House) -> Vec<Breach> {
    let long = |file: &&Source| lines(file) > LONGEST;
    let listed = |file: &&Source| LONG.iter().any(|(path, _)| *path == file.path);
    let files = written_by_us(house);
    let unlisted = files.iter().filter(|f| long(f) && !listed(f)).map(|f| f.breach(lines(f), "the last line"));
    let outdated =
        files.iter().filter(|f| !long(f) && listed(f)).map(|f| f.breach(1, "is not long (any more): unlist it"));
    unlisted.chain(outdated).collect()
}

fn large_median(house: &House) -> Vec<Breach> {
    let mut program = house.program();
    program.sort_by_key(|file| lines(file));
    let middle = program[program.len() / 2];
    let large = lines(middle) > MEDIAN;
    large.then(|| middle.breach(lines(middle), format!("the median of {} files", program.len()))).into_iter().collect()
}

fn empty_names(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in written_by_us(house) {
        let empty = file.path.split('/').find(|part| {
            let stem = part.split('.').next().unwrap_or_default().trim_start_matches('_');
            EMPTY_NAMES.contains(&stem)
        });
        breaches.extend(empty.map(|name| file.breach(1, format!("`{name}` says nothing"))));
    }
    breaches
}

fn written_by_us(house: &House) -> Vec<&Source> {
    let files = house.under("", &[".rs", ".html", ".css", ".js", ".sql", ".py"]);
    files.into_iter().filter(|file| !file.path.starts_with("static/vendor/")).collect()
}

fn lines(file: &Source) -> usize {
    file.text.lines().count()
}

#[test]
fn a_long_file_is_found() {
    let (long, enough) = ("x\n".repeat(401), "x\n".repeat(400));
    assert_eq!(finds(long_files, &[("src/a.rs", &long), ("src/b.rs", &enough)]), ["src/a.rs:401: the last line"]);
    assert!(finds(long_files, &[("static/vendor/htmx.js", &long), ("src/b.rs", "")]).is_empty());
}

#[test]
fn a_large_median_is_found() {
    let large = "x\n".repeat(121);
    assert_eq!(
        finds(large_median, &[("src/a.rs", &large), ("src/b.rs", &large), ("src/c.rs", "")]),
        ["src/a.rs:121: the median of 3 files"]
    );
    assert!(finds(large_median, &[("src/a.rs", &large), ("src/b.rs", ""), ("src/c.rs", "")]).is_empty());
}

#[test]
fn an_empty_name_is_found() {
    let files = [("src/utils/x.rs", ""), ("templates/_helpers.html", ""), ("src/helper_lines.rs", "")];
    assert_eq!(
        finds(empty_names, &files),
        ["src/utils/x.rs:1: `utils` says nothing", "templates/_helpers.html:1: `_helpers.html` says nothing"]
    );
}
