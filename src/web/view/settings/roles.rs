use askama::Template;

use super::role_words::{about, meaning, value};
use crate::domain::{Permission, Permissions, RoleId};
use crate::web::view::{Face, Shell};

/// `GET /settings/roles`, and the answer to a new role that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/roles/index.html")]
pub struct RolesPage {
    pub shell: Shell,
    pub rows: Vec<RoleRow>,
    /// The address of the next page.
    pub next: Option<String>,
    /// The form for a new one, as it was sent.
    pub name: String,
    pub copy_of: Option<RoleId>,
    /// Roles that this person may copy.
    pub copies: Vec<(RoleId, String)>,
    pub error: Option<String>,
}

#[derive(Debug, Clone)]
pub struct RoleRow {
    pub id: RoleId,
    pub name: String,
    pub built_in: bool,
    /// What it permits, in a few words.
    pub permits: Vec<String>,
    /// "Nobody", "1 person", "99+ people".
    pub people: String,
}

/// `GET /settings/roles/{id}`, and the answer to a change that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/roles/show.html")]
pub struct RolePage {
    pub shell: Shell,
    pub id: RoleId,
    /// As it is stored.
    pub title: String,
    pub built_in: bool,
    /// As it was typed.
    pub name: String,
    /// Which state of the role the form was filled in from.
    pub seen: String,
    pub choices: Vec<Choice>,
    /// What contradicts itself in the choices.
    pub warnings: Vec<String>,
    /// Why this person may look but not change.
    pub locked: Option<String>,
    pub holders: Holders,
    /// The Owner role stays.
    pub removable: bool,
    pub error: Option<String>,
}

/// One permission, and what can be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    pub field: &'static str,
    pub legend: &'static str,
    pub about: &'static str,
    pub options: Vec<Choosable>,
}

#[derive(Debug, Clone)]
pub struct Choosable {
    pub word: &'static str,
    pub label: &'static str,
    pub meaning: &'static str,
    pub chosen: bool,
}

impl Choice {
    pub fn all(may: &Permissions) -> Vec<Self> {
        let choice = |permission: &Permission| Self {
            field: permission.as_str(),
            legend: permission.label(),
            about: about(*permission),
            options: permission
                .words()
                .into_iter()
                .map(|word| Choosable {
                    word,
                    label: value(*permission, word),
                    meaning: meaning(*permission, word),
                    chosen: permission.of(may) == word,
                })
                .collect(),
        };
        Permission::ALL.iter().map(choice).collect()
    }
}

/// Who has a role: the first ones, and how many more.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    pub faces: Vec<(Face, bool)>,
    pub more: Option<String>,
    /// Invitations that are not accepted yet: "2 people are invited to this role."
    pub invited: Option<String>,
}

impl Holders {
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty() && self.invited.is_none()
    }
}
