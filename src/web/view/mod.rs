//! What pages show: plain structs that a handler fills, and the templates that draw them.
//!
//! One file per area of the site, mirroring `templates/`. Words for states live here, so that
//! every page says them alike; times arrive as finished labels, because only a handler knows the
//! reader's time zone.
//!
//! Must not know: requests, headers, the database, what somebody may do (it is told).

pub mod automations;
pub mod clients;
pub mod consent;
pub mod conversations;
mod error;
mod links;
mod notifications;
mod part;
mod person;
pub mod settings;
mod shell;
mod sign_in;
mod simulator;
#[cfg(test)]
mod tests;
mod time;
mod time_zones;
mod toast;

pub use error::{ErrorPage, RefusedPage};
pub use links::{InvitePage, LinkGonePage, PasswordResetPage};
pub use notifications::{Notice, NotificationsPage};
pub use part::{PageParts, Part};
pub use person::Face;
pub use shell::{Bare, Bell, Section, SettingsMenu, Shell};
pub use sign_in::{SetupPage, SignInPage};
pub use simulator::{PhoneBubble, SimulatorPage};
pub use time::TimeLabel;
pub use time_zones::{ZoneGroup, zone_groups};
pub use toast::{TOASTS, Toast, ToastPart};
