use askama::Template;

use crate::domain::AutomationId;
use crate::web::view::{PageParts, Shell};

/// `GET /automations`.
#[derive(Debug, Clone, Template)]
#[template(path = "automations/index.html", blocks = ["list"])]
pub struct AutomationsPage {
    pub shell: Shell,
    /// By name.
    pub rows: Vec<AutomationRow>,
    pub next: Option<String>,
}

#[derive(Debug, Clone)]
pub struct AutomationRow {
    pub id: AutomationId,
    pub name: String,
    /// "When the lead status becomes Appointment Set".
    pub trigger: String,
    /// "2 texts; assigns Sales Person, Michael Scott".
    pub does: String,
    pub active: bool,
    pub counts: Vec<RunCount>,
}

/// How many of its runs are in a state: "12", "99+".
#[derive(Debug, Clone)]
pub struct RunCount {
    pub count: String,
    pub words: &'static str,
}

impl PageParts for AutomationsPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_list().render()
    }
}
