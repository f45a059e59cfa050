use askama::Template;

use crate::domain::{SessionId, SubscriptionId};
use crate::web::view::{Shell, TimeLabel};

/// `GET /settings/devices`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/devices.html")]
pub struct DevicesPage {
    pub shell: Shell,
    /// Clients' texts may notify this person.
    pub told: bool,
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
    /// What is wrong with the name.
    pub error: Option<String>,
    /// What is wrong with the password.
    pub password_error: Option<String>,
    /// Signed in as this person, the newest first.
    pub browsers: Vec<Browser>,
    /// There is another one than this.
    pub has_others: bool,
    /// Address of the older ones.
    pub next: Option<String>,
}

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Browser {
    pub id: SessionId,
    /// "Chrome on Windows".
    pub name: String,
    /// The network address it signed in from.
    pub address: String,
    pub signed_in: TimeLabel,
    pub last_seen: TimeLabel,
    pub is_this: bool,
}
