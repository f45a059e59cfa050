use askama::Template;

use crate::domain::{AutomationId, ClientId};
use crate::web::view::{PageParts, Shell};

/// `GET /automations/{id}/dry-run`.
#[derive(Debug, Clone, Template)]
#[template(path = "automations/dry_run.html", blocks = ["found"])]
pub struct DryRunPage {
    pub shell: Shell,
    pub id: AutomationId,
    pub name: String,
    /// "When the lead status becomes Appointment Set".
    pub trigger: String,
    pub active: bool,
    /// On whom it is tried.
    pub client: Option<(ClientId, String)>,
    /// What to know of this client and this trigger before reading on.
    pub note: Option<String>,
    pub steps: Vec<TriedStep>,
    /// The search for another client, as typed.
    pub q: String,
    pub found: Vec<FoundClient>,
    pub next: Option<String>,
}

/// What a step would do.
#[derive(Debug, Clone, Default)]
pub struct TriedStep {
    /// "Right after the trigger", "2 days after the step before".
    pub after: String,
    /// Why nothing would be sent, in a sentence.
    pub skipped: Option<String>,
    pub text: String,
    /// "2 parts, 12 characters left in the last".
    pub size: String,
    /// It carries the company's name and how to opt out.
    pub introduces: bool,
    /// By the client's clock.
    pub at: String,
    /// By ours, if that is another one.
    pub at_ours: Option<String>,
    /// Why it waits longer than it says.
    pub deferred: Option<String>,
    pub assigned: Vec<Whom>,
    /// Who would be told if the client replied then.
    pub told: String,
}

/// Somebody whom a step assigns, or not.
#[derive(Debug, Clone)]
pub struct Whom {
    /// "Eve Adams (Sales Person)".
    pub name: String,
    pub why_not: Option<String>,
}

#[derive(Debug, Clone)]
pub struct FoundClient {
    pub id: ClientId,
    pub name: String,
    pub status: String,
    pub phone: Option<String>,
}

impl PageParts for DryRunPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_found().render()
    }
}
