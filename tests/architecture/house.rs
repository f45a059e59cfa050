//! The files of the project, and what breaking a rule looks like.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::rust_text::{Keep, blank};

/// All text files: what stands in the repository, or what a test of a rule makes up.
pub struct House {
    pub files: Vec<Source>,
}

pub struct Source {
    /// From the root of the project, with `/`.
    pub path: String,
    pub text: String,
}

/// A place where a rule is broken.
#[derive(PartialEq)]
pub struct Breach {
    pub path: String,
    pub line: usize,
    pub found: String,
}

/// What belongs to a machine, not to the project (`.gitignore` says the same).
const NOT_OURS: [&str; 3] = ["target", "data", ".git"];

impl House {
    pub fn here() -> &'static House {
        static HERE: OnceLock<House> = OnceLock::new();
        HERE.get_or_init(|| {
            let mut files = Vec::new();
            read(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut files);
            House { files }
        })
    }

    pub fn of(files: &[(&str, &str)]) -> House {
        let source = |(path, text): &(&str, &str)| Source { path: path.to_string(), text: text.to_string() };
        House { files: files.iter().map(source).collect() }
    }

    /// The files under a folder with one of these endings. A rule that looks at nothing holds nothing: never empty.
    pub fn under(&self, folder: &str, endings: &[&str]) -> Vec<&Source> {
        let wanted = |file: &&Source| file.path.starts_with(folder) && endings.iter().any(|e| file.path.ends_with(e));
        let files: Vec<_> = self.files.iter().filter(wanted).collect();
        assert!(!files.is_empty(), "there is nothing like {endings:?} under {folder}");
        files
    }

    /// The Rust sources of the program itself.
    pub fn program(&self) -> Vec<&Source> {
        self.under("src/", &[".rs"])
    }
}

impl Source {
    /// Without comments, texts and tests.
    pub fn code(&self) -> String {
        blank(&self.text, Keep { texts: false, tests: false, is_test: self.is_test() })
    }

    /// Without comments and tests; texts stay.
    pub fn code_and_texts(&self) -> String {
        blank(&self.text, Keep { texts: true, tests: false, is_test: self.is_test() })
    }

    /// Without comments and texts; tests stay.
    pub fn code_and_tests(&self) -> String {
        blank(&self.text, Keep { texts: false, tests: true, is_test: false })
    }

    pub fn breach(&self, line: usize, found: impl Into<String>) -> Breach {
        Breach { path: self.path.clone(), line, found: found.into() }
    }

    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.ends_with("_tests.rs") || self.path.contains("/tests/")
    }
}

impl fmt::Debug for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.found)
    }
}

/// Fails with every place where the rule is broken, and with its reason.
pub fn hold(rule: fn(&House) -> Vec<Breach>, reason: &str) {
    let breaches = rule(House::here());
    let list: Vec<_> = breaches.iter().map(|breach| format!("  {breach:?}")).collect();
    assert!(breaches.is_empty(), "{reason}\n{}\n", list.join("\n"));
}

/// What a rule finds in made-up files, as "path:line: found", for the rules' own tests.
pub fn finds(rule: fn(&House) -> Vec<Breach>, files: &[(&str, &str)]) -> Vec<String> {
    rule(&House::of(files)).iter().map(|breach| format!("{breach:?}")).collect()
}

fn read(root: &Path, inside: &str, files: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(root.join(inside)).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        if NOT_OURS.contains(&path.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            read(root, &path, files);
        } else {
            // Pictures have no text; their names count
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            files.push(Source { path, text });
        }
    }
}
