use askama::Template;

use super::{PageParts, Shell, TimeLabel};
use crate::domain::MessageId;

/// `GET /simulator?from=…&to=…`: a phone on the screen, held by a client.
#[derive(Debug, Clone, Template)]
#[template(path = "simulator/show.html", blocks = ["phone"])]
pub struct SimulatorPage {
    pub shell: Shell,
    /// The client's phone, as typed.
    pub from: String,
    /// Our numbers: (value for `to`, label).
    pub numbers: Vec<(String, String)>,
    /// The chosen one of `numbers`.
    pub to: String,
    pub body: String,
    pub error: Option<String>,
    /// What that phone shows, oldest first.
    pub bubbles: Vec<PhoneBubble>,
    /// `/simulator?from=…&to=…`, asked again when something happens.
    pub refresh: String,
}

impl PageParts for SimulatorPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_phone().render()
    }
}

/// A text as the client sees it.
#[derive(Debug, Clone)]
pub struct PhoneBubble {
    pub id: MessageId,
    /// Written on this phone, that is by the client.
    pub mine: bool,
    pub body: String,
    pub time: TimeLabel,
}
