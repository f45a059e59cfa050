use std::collections::BTreeMap;

use crate::domain::{Permission, Permissions};
use crate::services::RoleChange;
use crate::store::roles::Role;

/// The editor as it was sent. Only fields that are asked for here are read.
#[derive(Debug, Clone, Default)]
pub struct Sent(BTreeMap<String, String>);

impl Sent {
    pub fn new(fields: BTreeMap<String, String>) -> Self {
        Self(fields)
    }

    /// The button "Save" of the preview.
    pub fn confirms(&self) -> bool {
        self.is_yes("confirm")
    }

    /// The button "Back to editing" of the preview.
    pub fn edits_on(&self) -> bool {
        self.is_yes("edit")
    }

    fn is_yes(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(|word| word == "yes")
    }

    pub fn seen(&self) -> Option<&String> {
        self.0.get("seen")
    }

    pub fn change(&self) -> RoleChange {
        let word = |permission: &Permission| Some((*permission, self.0.get(permission.as_str())?.clone()));
        RoleChange {
            name: self.0.get("name").cloned(),
            words: Permission::ALL.iter().filter_map(word).collect(),
            seen: self.seen().cloned(),
        }
    }

    /// Name and permissions to fill the form in with: what was sent, and where that is absent or unknown, what is stored.
    pub fn over(&self, role: &Role) -> (String, Permissions) {
        let change = self.change();
        let mut may = role.may;
        for (permission, word) in &change.words {
            // An unknown word changes nothing, and the page says so
            let _known = permission.set(&mut may, word).is_ok();
        }
        (change.name.unwrap_or_else(|| role.name.clone()), may)
    }
}
