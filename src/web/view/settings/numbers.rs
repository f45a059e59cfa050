use askama::Template;

use crate::domain::NumberId;
use crate::web::view::Shell;

/// `GET /settings/numbers`, and the answer to a label that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/numbers.html")]
pub struct NumbersPage {
    pub shell: Shell,
    pub numbers: Vec<NumberRow>,
    /// What has to be entered at Twilio.
    pub hooks: Hooks,
    pub error: Option<String>,
}

#[derive(Debug, Clone)]
pub struct NumberRow {
    pub id: NumberId,
    /// As people read it.
    pub phone: String,
    pub label: String,
    /// "Twilio".
    pub gateway: &'static str,
    pub in_use: bool,
    /// What stands in the way of its texts.
    pub trouble: Option<&'static str>,
    /// The label as typed, when it was refused.
    pub typed: Option<String>,
}

/// Addresses of ours that Twilio calls.
#[derive(Debug, Clone)]
pub struct Hooks {
    /// "A message comes in".
    pub texts: String,
    /// Given with every text that we send.
    pub reports: String,
    /// Twilio can reach them.
    pub reachable: bool,
}
