use askama::Template;

use crate::domain::{AuditEntryId, UserId};
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /settings/audit`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/audit.html", blocks = ["more_entries"])]
pub struct AuditPage {
    pub shell: Shell,
    /// Newest first.
    pub entries: Vec<AuditLine>,
    pub filter: AuditFilter,
    /// Everybody, also who is not active: id and name.
    pub people: Vec<(UserId, String)>,
    /// Actions to choose from: the stored word and what people call it.
    pub actions: Vec<(String, String)>,
    /// Address of the older ones.
    pub next: Option<String>,
    /// Address of the same entries as a file.
    pub export: String,
    /// What of the filter could not be understood.
    pub error: Option<String>,
}

impl PageParts for AuditPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_more_entries().render()
    }
}

/// As the address says it; empty where it does not matter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub who: Option<UserId>,
    pub action: String,
    /// "2026-11-03", on the company's calendar.
    pub from: String,
    pub to: String,
}

impl AuditFilter {
    pub fn is_empty(&self) -> bool {
        self.who.is_none() && self.action.is_empty() && self.from.is_empty() && self.to.is_empty()
    }

    /// For the options of a select.
    pub fn is_who(&self, id: &UserId) -> bool {
        self.who == Some(*id)
    }
}

/// One entry: who did what to what, when, from where.
#[derive(Debug, Clone)]
pub struct AuditLine {
    pub id: AuditEntryId,
    /// None: the program itself, or somebody at its command line.
    pub who: Option<String>,
    /// "Signed in".
    pub what: String,
    /// "Michael Scott", "Client 12".
    pub subject: String,
    /// The page of the subject, where there is one for this person.
    pub link: Option<String>,
    pub detail: String,
    pub time: TimeLabel,
    pub address: String,
}
