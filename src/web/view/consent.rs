use askama::Template;

use super::{PageParts, Shell, TimeLabel};
use crate::domain::ConsentKind;

/// What one phone agreed to and withdrew, behind the door of a client record or of a conversation.
#[derive(Debug, Clone, Template)]
#[template(path = "consent/show.html", blocks = ["consent", "more_consents"])]
pub struct ConsentPage {
    pub shell: Shell,
    /// Whose phone it is.
    pub title: String,
    /// Address of the record or conversation.
    pub back: String,
    pub record: ConsentRecord,
}

impl PageParts for ConsentPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-consents" => self.as_more_consents().render(),
            _ => self.as_consent().render(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct ConsentRecord {
    /// Takes the form.
    pub action: String,
    /// As stored.
    pub phone: String,
    /// As people write it.
    pub shown: String,
    /// Since when nothing is sent to it.
    pub opted_out: Option<String>,
    /// By one of us; else they said it themselves.
    pub by_hand: bool,
    /// The form is there.
    pub may_note: bool,
    /// The opt-out was made by hand, and this person may undo it.
    pub may_undo: bool,
    /// Newest first.
    pub lines: Vec<ConsentLine>,
    /// Address of the older ones.
    pub next: Option<String>,
    /// What was typed and refused; else empty.
    pub note: String,
    /// How long a note may be.
    pub longest: usize,
    pub error: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ConsentLine {
    pub kind: ConsentKind,
    /// "Opted out with STOP".
    pub what: String,
    /// How they know; empty where nobody said.
    pub note: String,
    pub time: TimeLabel,
}

impl ConsentLine {
    pub fn icon(&self) -> &'static str {
        match self.kind {
            ConsentKind::OptedOut | ConsentKind::ConsentWithdrawn => "ban",
            ConsentKind::OptedIn => "shield-check",
            ConsentKind::ConsentGiven => "check",
        }
    }
}
