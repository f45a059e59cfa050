use askama::Template;

use crate::domain::{NotificationPrivacy, Plan};
use crate::web::view::{Shell, ZoneGroup};

/// `GET /settings/company`, and the answer to what was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/company.html")]
pub struct CompanyPage {
    pub shell: Shell,
    pub name: String,
    pub time_zones: Vec<ZoneGroup>,
    /// The word of a plan, as chosen.
    pub plan: String,
    /// The word of a privacy, as chosen.
    pub privacy: String,
    /// From and until when automatic texts may leave, "09:00": Monday to Saturday, and Sundays.
    pub quiet: (String, String),
    pub quiet_sunday: (String, String),
    /// On a plan without SMS: what waits.
    pub waiting: Option<String>,
    pub error: Option<String>,
}

impl CompanyPage {
    pub fn plans(&self) -> &'static [Plan] {
        Plan::ALL
    }

    pub fn privacies(&self) -> &'static [NotificationPrivacy] {
        NotificationPrivacy::ALL
    }
}
