use askama::Template;

use crate::domain::SubscriptionId;
use crate::web::view::{Shell, TimeLabel};

/// `GET /settings/devices`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/devices.html")]
pub struct DevicesPage {
    pub shell: Shell,
    pub devices: Vec<Device>,
}

/// A browser that rings.
#[derive(Debug, Clone)]
pub struct Device {
    pub id: SubscriptionId,
    /// The push service's address, by which the browser knows itself.
    pub endpoint: String,
    /// "Chrome on Windows".
    pub browser: String,
    pub added: TimeLabel,
    pub last_success: Option<TimeLabel>,
    /// What failed last, while it has not worked since.
    pub last_error: Option<String>,
}

/// `GET /settings/profile`, and the answer to one that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/profile.html")]
pub struct ProfilePage {
    pub shell: Shell,
    pub name: String,
    pub email: String,
    pub error: Option<String>,
}
