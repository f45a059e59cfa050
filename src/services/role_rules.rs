//! What every change of a role has to pass.

use super::facts::staff_member;
use super::{By, Done, Error};
use crate::assignment_policy::may_administer;
use crate::domain::{BuiltInRole, Permission, Permissions, RoleId, SmsDashboard, fold};
use crate::store::roles::{self, Role};
use crate::store::users::{self, User};
use crate::store::{DbConnection, StoreError, Unique};

pub const LONGEST_ROLE_NAME: usize = 60;

/// Who acts, with what they may do at this moment. Who may not manage users any more finds nothing here.
pub(super) fn actor(connection: &mut DbConnection, by: &By) -> Done<User> {
    let found = users::find(connection, by.user.id)?;
    found.filter(|user| user.active && user.may.manage_users).ok_or(Error::NotFound)
}

/// Whether this person may change a role with these permissions, give or take it; if not, what they lack themselves.
pub fn administrable(me: &User, may: &Permissions) -> Result<(), String> {
    if may_administer(&staff_member(me), may) {
        return Ok(());
    }
    let lacking: Vec<&str> = me.may.lack_of(may).into_iter().map(Permission::label).collect();
    Err(format!(
        "Nobody gives, changes or takes away more than they may do themselves. Your own role falls short in: {}.",
        lacking.join(", ")
    ))
}

pub(super) fn must_administer(me: &User, may: &Permissions) -> Done<()> {
    administrable(me, may).map_err(Error::Beyond)
}

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

/// Nobody may lock the company out: what the Owner role must keep.
pub(super) fn keeps_the_company_open(role: &Role, may: &Permissions) -> Done<()> {
    if role.built_in != Some(BuiltInRole::Owner) {
        return Ok(());
    }
    let kept = [
        (Permission::SmsDashboard, may.sms_dashboard == SmsDashboard::All),
        (Permission::ManageUsers, may.manage_users),
        (Permission::ManageCompany, may.manage_company),
        (Permission::SeeAudit, may.see_audit),
    ];
    let lost: Vec<&str> = kept.iter().filter(|(_, kept)| !kept).map(|(permission, _)| permission.label()).collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "The Owner role keeps all conversations on the dashboard, Manage users and roles, Manage company settings and \
         See audit log, so that nobody can lock the company out. Put back: {}.",
        lost.join(", ")
    )))
}
