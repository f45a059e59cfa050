use askama::Template;
use chrono::NaiveDateTime;

use super::{counted, grouped};
use crate::domain::{ImportId, ImportState};
use crate::store::imports::Import;
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /clients/imports`, and the answer to a file that cannot be used.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/imports/index.html", blocks = ["main"])]
pub struct ImportsPage {
    pub shell: Shell,
    /// The newest first.
    pub imports: Vec<ImportLine>,
    /// Address of the older ones.
    pub next: Option<String>,
    pub error: Option<String>,
}

impl PageParts for ImportsPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_main().render()
    }
}

/// Which file, from whom.
#[derive(Debug, Clone)]
pub struct ImportHead {
    pub id: ImportId,
    pub file_name: String,
    pub by: String,
    pub at: TimeLabel,
    /// "20,000 rows".
    pub rows: String,
}

impl ImportHead {
    pub fn of(import: &Import, by: String, label: impl Fn(NaiveDateTime) -> TimeLabel) -> Self {
        Self {
            id: import.id,
            file_name: import.file_name.clone(),
            by,
            at: label(import.created_at),
            rows: counted(import.row_count, "row", "rows"),
        }
    }
}

/// One of the imports.
#[derive(Debug, Clone)]
pub struct ImportLine {
    pub head: ImportHead,
    pub state: &'static str,
    /// What came of it; empty before that.
    pub result: String,
}

impl ImportLine {
    pub fn of(import: Import, by: String, label: impl Fn(NaiveDateTime) -> TimeLabel) -> Self {
        let progress = &import.progress;
        let planned = [
            (progress.adds, "to add", "added"),
            (progress.updates, "to update", "updated"),
            (progress.skips, "to skip", "skipped"),
            (progress.bads, "with a problem", "with a problem"),
        ];
        let result = match progress.state {
            ImportState::Reading | ImportState::Uploaded | ImportState::Removed => String::new(),
            ImportState::Undoing | ImportState::Undone => {
                format!("{} undone, {} kept", grouped(progress.undone), grouped(progress.kept))
            }
            state => {
                let is_plan = matches!(state, ImportState::Checking | ImportState::Checked);
                let said = planned.iter().filter(|(count, ..)| *count > 0);
                let said = said
                    .map(|(count, plan, done)| format!("{} {}", grouped(*count), if is_plan { plan } else { done }));
                said.collect::<Vec<_>>().join(", ")
            }
        };
        let dropped = import.rows_dropped_at.map(|_| "its rows are not kept any more".to_owned());
        let result = [result, dropped.unwrap_or_default()];
        let result = result.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ");
        let expired = import.rows_dropped_at.is_some() && progress.state.may_be_mapped();
        let state = if expired { "Expired: upload it again" } else { state_words(progress.state) };
        Self { state, result, head: ImportHead::of(&import, by, label) }
    }
}

fn state_words(state: ImportState) -> &'static str {
    match state {
        ImportState::Reading => "Not complete",
        ImportState::Uploaded => "Waits for its columns",
        ImportState::Checking => "Being checked",
        ImportState::Checked => "Ready to import",
        ImportState::Running => "Being imported",
        ImportState::Done => "Imported",
        ImportState::Undoing => "Being undone",
        ImportState::Undone => "Undone",
        ImportState::Removed => "Deleted",
    }
}
