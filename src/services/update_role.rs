use chrono::NaiveDateTime;

use super::administering::{actor, must_administer};
use super::role_rules::{checked_name, keeps_the_company_open, name_taken};
use super::{By, Done, Error};
use crate::domain::{Permission, Permissions, RoleId, Topic};
use crate::store::roles::{self, Role};
use crate::store::{DbConnection, Writer};

/// What somebody wants of a role; what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct RoleChange {
    pub name: Option<String>,
    /// Words as they were typed.
    pub words: Vec<(Permission, String)>,
    /// The version that they saw when they decided: it must still be true.
    pub seen: Option<String>,
}

/// A change that is allowed, and not yet made.
#[derive(Debug, Clone)]
pub struct Proposed {
    pub role: Role,
    pub name: String,
    pub may: Permissions,
}

impl Proposed {
    pub fn changes_nothing(&self) -> bool {
        self.name == self.role.name && self.may == self.role.may
    }
}

/// All that can be edited of a role, as one word: equal exactly if nothing was changed meanwhile.
pub fn version_of(role: &Role) -> String {
    let words: Vec<&str> = Permission::ALL.iter().map(|permission| permission.of(&role.may)).collect();
    format!("{} {}", words.join("-"), role.name)
}

/// Checks a change and answers what the role would be: for the preview, and for saving.
pub fn propose_role(connection: &mut DbConnection, by: &By, id: RoleId, change: &RoleChange) -> Done<Proposed> {
    let me = actor(connection, by)?;
    let role = roles::find(connection, id)?.ok_or(Error::NotFound)?;
    must_administer(&me, &role.may)?;
    if change.seen.as_ref().is_some_and(|seen| *seen != version_of(&role)) {
        return Err(Error::Invalid("Somebody else changed this role meanwhile; nothing was saved.".to_owned()));
    }
    let mut may = role.may;
    for (permission, word) in &change.words {
        let set = permission.set(&mut may, word);
        set.map_err(|unknown| Error::Invalid(format!("{}: {unknown}.", permission.label())))?;
    }
    let name = match &change.name {
        Some(name) => checked_name(connection, name, Some(id))?,
        None => role.name.clone(),
    };
    must_administer(&me, &may)?;
    keeps_the_company_open(&role, &may)?;
    Ok(Proposed { role, name, may })
}

/// Saves it. Open tabs of everybody who has the role begin anew, with what they may do now.
pub fn update_role(tx: &mut Writer<'_>, by: &By, id: RoleId, change: &RoleChange, now: NaiveDateTime) -> Done<()> {
    let proposed = propose_role(tx, by, id, change)?;
    if proposed.changes_nothing() {
        return Ok(());
    }
    if proposed.name != proposed.role.name {
        roles::set_name(tx, id, &proposed.name).map_err(name_taken)?;
    }
    if proposed.may != proposed.role.may {
        roles::set_permissions(tx, id, &proposed.may)?;
        for (user, ..) in roles::holders(tx, id)? {
            tx.announce(Topic::Permissions(user));
        }
    }
    Ok(by.record(tx, "role.updated", format_args!("role {id}"), &in_words(&proposed), now)?)
}

/// "Sales Person. SMS Conversations dashboard: all → assigned".
fn in_words(proposed: &Proposed) -> String {
    let Proposed { role, name, may } = proposed;
    let renamed = (*name != role.name).then(|| format!("Name: {} → {name}", role.name));
    let changed = role.may.differences(may).into_iter();
    let changed = changed.map(|(permission, from, to)| format!("{}: {from} → {to}", permission.label()));
    format!("{}. {}", role.name, renamed.into_iter().chain(changed).collect::<Vec<_>>().join("; "))
}
