use chrono::NaiveDateTime;

use super::administering::{actor, must_administer};
use super::role_rules::{checked_name, name_taken};
use super::{By, Done, Error};
use crate::domain::{Permissions, RoleId};
use crate::store::{Writer, roles};

pub struct NewRole<'a> {
    pub name: &'a str,
    /// Permits what this one permits; without it, nothing.
    pub copy_of: Option<RoleId>,
}

/// A role that nobody has yet.
pub fn create_role(tx: &mut Writer<'_>, by: &By, new: &NewRole<'_>, now: NaiveDateTime) -> Done<RoleId> {
    let me = actor(tx, by)?;
    let (may, from) = match new.copy_of {
        None => (Permissions::NOTHING, String::new()),
        Some(id) => {
            let role = roles::find(tx, id)?.ok_or_else(|| {
                Error::Invalid("The role to copy is gone. Choose another, or begin with nothing.".to_owned())
            })?;
            (role.may, format!(" as a copy of {}", role.name))
        }
    };
    must_administer(&me, &may)?;
    let name = checked_name(tx, new.name, None)?;
    let id = roles::insert(tx, &name, None, &may).map_err(name_taken)?;
    by.record(tx, "role.created", format_args!("role {id}"), &format!("{name}{from}"), now)?;
    Ok(id)
}
