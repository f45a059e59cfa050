use askama::Template;

use crate::domain::{LeadStatusId, StatusColour};
use crate::web::view::{PageParts, Shell};

/// `GET /settings/lead-statuses`, and the answer to what was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/lead_statuses.html", blocks = ["list"])]
pub struct LeadStatusesPage {
    pub shell: Shell,
    /// In their order.
    pub statuses: Vec<LeadStatusRow>,
    /// What was typed for a new one.
    pub new: LeadStatusFields,
    pub error: Option<String>,
}

impl PageParts for LeadStatusesPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_list().render()
    }
}

/// What somebody fills in.
#[derive(Debug, Clone, Default)]
pub struct LeadStatusFields {
    pub name: String,
    /// The word of a colour.
    pub colour: String,
    pub lost: bool,
}

impl LeadStatusFields {
    pub fn colours(&self) -> &'static [StatusColour] {
        StatusColour::ALL
    }
}

#[derive(Debug, Clone)]
pub struct LeadStatusRow {
    pub id: LeadStatusId,
    pub name: String,
    pub colour: String,
    pub lost: bool,
    /// What its form holds; as stored, or as typed.
    pub fields: LeadStatusFields,
    /// Its form is open, because it was refused.
    pub open: bool,
    /// Clients have it: which status they get instead is asked; ids and names.
    pub heirs: Option<Vec<(LeadStatusId, String)>>,
    /// Many clients are being moved to another one, and it goes afterwards.
    pub leaving: bool,
    pub first: bool,
    pub last: bool,
}
