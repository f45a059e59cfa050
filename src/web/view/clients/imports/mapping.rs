use askama::Template;

use super::ImportHead;
use crate::domain::LeadStatusId;
use crate::services::imports::Target;
use crate::web::view::{PageParts, Shell};

/// `GET /clients/imports/{id}/mapping`, and the answer to one that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/imports/mapping.html", blocks = ["main"])]
pub struct MappingPage {
    pub shell: Shell,
    pub head: ImportHead,
    pub columns: Vec<MappedColumn>,
    /// What a column may mean: (value, words).
    pub choices: Vec<(String, String)>,
    /// Who is there already is updated; else skipped.
    pub updates: bool,
    pub statuses: Vec<(LeadStatusId, String)>,
    pub status: LeadStatusId,
    pub error: Option<String>,
}

impl PageParts for MappingPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_main().render()
    }
}

/// A column of the file.
#[derive(Debug, Clone)]
pub struct MappedColumn {
    /// The name of its field.
    pub field: String,
    pub name: String,
    /// Its first cells that say something.
    pub samples: Vec<String>,
    /// What was chosen or guessed, as a value of the list.
    pub target: String,
}

impl MappedColumn {
    pub fn new(at: usize, name: String, target: Target, rows: &[Vec<String>]) -> Self {
        let cells =
            rows.iter().filter_map(|cells| cells.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        Self {
            field: format!("column_{at}"),
            name: if name.is_empty() { format!("Column {}", at + 1) } else { name },
            samples: cells.map(|cell| cell.chars().take(80).collect()).collect(),
            target: target.to_string(),
        }
    }
}
