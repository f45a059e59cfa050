use askama::Template;

use crate::domain::PositionId;
use crate::web::view::{PageParts, Shell};

/// `GET /settings/positions`, and the answer to what was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/positions.html", blocks = ["list"])]
pub struct PositionsPage {
    pub shell: Shell,
    /// In their order.
    pub positions: Vec<PositionRow>,
    /// What was typed for a new one.
    pub new_name: String,
    pub error: Option<String>,
}

impl PageParts for PositionsPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_list().render()
    }
}

#[derive(Debug, Clone)]
pub struct PositionRow {
    pub id: PositionId,
    pub name: String,
    /// The name as typed, when it was refused.
    pub typed: Option<String>,
    /// Somebody holds it: whether to take it from them is asked.
    pub asks: bool,
    /// It is being taken from many clients, and goes afterwards.
    pub leaving: bool,
    pub first: bool,
    pub last: bool,
}
