use askama::Template;

use super::{ImportHead, counted, grouped};
use crate::domain::{ClientId, ImportOutcome, ImportState};
use crate::services::imports::KEPT;
use crate::store::imports::Progress;
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /clients/imports/{id}`, once its columns have a meaning.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/imports/show.html", blocks = ["import"])]
pub struct ImportPage {
    pub shell: Shell,
    pub head: ImportHead,
    pub state: ImportState,
    pub total: i64,
    pub progress: Progress,
    pub finished: Option<TimeLabel>,
    /// Its rows are not kept any more.
    pub is_dropped: bool,
    /// Only rows of this outcome are shown.
    pub filter: Option<ImportOutcome>,
    pub rows: Vec<PreviewRow>,
    /// Address of the rows after these.
    pub next: Option<String>,
}

impl PageParts for ImportPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_import().render()
    }
}

/// A tile that counts rows and shows only them.
#[derive(Debug, Clone)]
pub struct Tile {
    pub count: String,
    pub words: &'static str,
    pub href: String,
    pub chosen: bool,
}

impl ImportPage {
    pub fn heading(&self) -> &'static str {
        match self.state {
            ImportState::Reading => "The file did not arrive in full",
            // Only once its rows are gone; before that it asks what its columns mean
            ImportState::Uploaded => "The file was never imported",
            ImportState::Checking => "Checking every row",
            ImportState::Checked => "Look before you import",
            ImportState::Running => "Importing",
            ImportState::Done => "Imported",
            ImportState::Undoing => "Undoing the import",
            ImportState::Undone => "The import is undone",
            ImportState::Removed => "The import is deleted",
        }
    }

    pub fn is_reading(&self) -> bool {
        self.state == ImportState::Reading
    }

    pub fn shows_rows(&self) -> bool {
        self.is_checked() || self.is_done() || self.is_undone()
    }

    /// "90 days".
    pub fn kept_for(&self) -> String {
        format!("{} days", KEPT.num_days())
    }

    pub fn is_checked(&self) -> bool {
        self.state == ImportState::Checked
    }

    pub fn is_done(&self) -> bool {
        self.state == ImportState::Done
    }

    pub fn is_undone(&self) -> bool {
        self.state == ImportState::Undone
    }

    /// "1,200 of 20,000 rows".
    pub fn how_far(&self) -> String {
        format!("{} of {}", grouped(self.progress.processed), counted(self.total, "row", "rows"))
    }

    pub fn has_work(&self) -> bool {
        self.progress.adds + self.progress.updates > 0
    }

    /// "Import 19,000 rows".
    pub fn button(&self) -> String {
        format!("Import {}", counted(self.progress.adds + self.progress.updates, "row", "rows"))
    }

    pub fn problems(&self) -> Option<String> {
        (self.progress.bads > 0).then(|| counted(self.progress.bads, "row", "rows"))
    }

    /// "3 records were kept".
    pub fn kept(&self) -> Option<String> {
        (self.progress.kept > 0).then(|| counted(self.progress.kept, "row was", "rows were"))
    }

    pub fn tiles(&self) -> Vec<Tile> {
        let counts = &self.progress;
        let tiles = match self.state {
            ImportState::Checked => vec![
                (counts.adds, "to add", ImportOutcome::Add),
                (counts.updates, "to update", ImportOutcome::Update),
                (counts.skips, "to skip", ImportOutcome::Skip),
                (counts.bads, "with a problem", ImportOutcome::Bad),
            ],
            ImportState::Done => vec![
                (counts.adds, "added", ImportOutcome::Added),
                (counts.updates, "updated", ImportOutcome::Updated),
                (counts.skips, "skipped", ImportOutcome::Skipped),
                (counts.bads, "with a problem", ImportOutcome::Bad),
            ],
            ImportState::Undone => vec![
                (counts.undone - counts.restored, "removed", ImportOutcome::Removed),
                (counts.restored, "restored", ImportOutcome::Restored),
                (counts.kept, "kept", ImportOutcome::Kept),
                (counts.bads, "with a problem", ImportOutcome::Bad),
            ],
            _ => Vec::new(),
        };
        tiles.into_iter().map(|(count, words, outcome)| self.tile(count, words, outcome)).collect()
    }

    /// Choosing the chosen one shows all again.
    fn tile(&self, count: i64, words: &'static str, outcome: ImportOutcome) -> Tile {
        let chosen = self.filter == Some(outcome);
        let id = self.head.id;
        let href =
            if chosen { format!("/clients/imports/{id}") } else { format!("/clients/imports/{id}?outcome={outcome}") };
        Tile { count: grouped(count), words, href, chosen }
    }
}

/// A row of the file, and what is to become of it or became of it.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    pub line: i64,
    /// The start of its cells.
    pub words: String,
    pub outcome: &'static str,
    pub is_bad: bool,
    pub reason: String,
    pub client: Option<ClientId>,
}

impl PreviewRow {
    pub fn new(line: i64, cells: &[String], outcome: ImportOutcome, reason: String, client: Option<ClientId>) -> Self {
        let said = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(6);
        let words = said.map(|cell| cell.chars().take(60).collect::<String>()).collect::<Vec<_>>().join(" · ");
        Self { line, words, outcome: outcome_words(outcome), is_bad: outcome == ImportOutcome::Bad, reason, client }
    }
}

fn outcome_words(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Waiting => "Waiting",
        ImportOutcome::Add => "Add",
        ImportOutcome::Update => "Update",
        ImportOutcome::Skip => "Skip",
        ImportOutcome::Bad => "Problem",
        ImportOutcome::Added => "Added",
        ImportOutcome::Updated => "Updated",
        ImportOutcome::Skipped => "Skipped",
        ImportOutcome::Removed => "Removed",
        ImportOutcome::Restored => "Restored",
        ImportOutcome::Kept => "Kept",
    }
}
