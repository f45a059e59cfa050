//! What every change of a role has to pass.

use super::{Done, Error};
use crate::domain::{BuiltInRole, Permission, Permissions, RoleId, fold};
use crate::store::roles::{self, Role};
use crate::store::{DbConnection, StoreError, Unique};

pub const LONGEST_ROLE_NAME: usize = 60;

/// A name that people can read, and that no other role has.
pub(super) fn checked_name(connection: &mut DbConnection, name: &str, own: Option<RoleId>) -> Done<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => return Err(Error::Invalid("Enter a name for the role.".to_owned())),
        1..=LONGEST_ROLE_NAME => {}
        _ => return Err(Error::Invalid(format!("Use at most {LONGEST_ROLE_NAME} characters for the name."))),
    }
    let taken = |role: &Role| Some(role.id) != own && fold(&role.name) == fold(&name);
    if roles::all(connection)?.iter().any(taken) { Err(name_is_taken()) } else { Ok(name) }
}

fn name_is_taken() -> Error {
    Error::Invalid("There is a role with that name already. Choose another name.".to_owned())
}

/// Somebody else took the name in the same moment.
pub(super) fn name_taken(error: StoreError) -> Error {
    if error.violates(Unique::RoleName) { name_is_taken() } else { error.into() }
}

/// The Owner role keeps everything: nobody may lock the company out, and what no Owner may do nobody could give back.
pub(super) fn keeps_the_company_open(role: &Role, may: &Permissions) -> Done<()> {
    if role.built_in != Some(BuiltInRole::Owner) {
        return Ok(());
    }
    let lost: Vec<&str> = may.lack_of(&BuiltInRole::Owner.permissions()).into_iter().map(Permission::label).collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "The Owner role keeps every permission, so that nobody can lock the company out. Put back: {}.",
        lost.join(", ")
    )))
}
