use askama::Template;

use super::{Foreseen, Holders};
use crate::domain::RoleId;
use crate::web::view::Shell;

/// The answer to `POST /settings/roles/{id}` without `confirm`: nothing is saved yet.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/roles/preview.html")]
pub struct RolePreviewPage {
    pub shell: Shell,
    pub id: RoleId,
    pub title: String,
    /// Everything that saving needs: field and value.
    pub fields: Vec<(&'static str, String)>,
    /// Which permission, what it is, what it would be. Empty if nothing would change.
    pub changes: Vec<Changed>,
    pub warnings: Vec<String>,
    /// What saving could not take back.
    pub last_chance: Option<String>,
    /// The reader has this role.
    pub own: bool,
    /// For everybody who has the role.
    pub everybody: Vec<String>,
    pub people: String,
    pub foreseen: Foreseen,
}

#[derive(Debug, Clone)]
pub struct Changed {
    pub what: &'static str,
    pub from: String,
    pub to: String,
}

/// `GET /settings/roles/{id}/removal`, and the answer to one that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/roles/removal.html")]
pub struct RoleRemovalPage {
    pub shell: Shell,
    pub id: RoleId,
    pub title: String,
    pub holders: Holders,
    /// Roles that this person may give to others.
    pub targets: Vec<(RoleId, String)>,
    pub move_to: Option<RoleId>,
    /// What moving there would do, once a role is chosen: its name, and the rest.
    pub moved: Option<Moved>,
    pub error: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Moved {
    pub to: String,
    pub everybody: Vec<String>,
    pub foreseen: Foreseen,
}
