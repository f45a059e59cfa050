//! Who decides about people and roles, at the moment of deciding.

use super::facts::staff_member;
use super::{By, Done, Error};
use crate::assignment_policy::may_administer;
use crate::domain::{Permission, Permissions, UserId};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored};

/// Who acts, with what they may do at this moment. Who may not manage users any more finds nothing here.
pub(super) fn actor(connection: &mut DbConnection, by: &By) -> Done<User> {
    let found = users::find(connection, by.user.id)?;
    found.filter(|user| user.active && user.may.manage_users).ok_or(Error::NotFound)
}

/// Whether this person may change a role with these permissions, give or take it, or decide about who has it; if not, what
/// they lack themselves.
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

/// Whether what somebody began still stands: a link that they made holds only while they may decide about whom it is for.
pub(super) fn still_administers(
    connection: &mut DbConnection,
    maker: Option<UserId>,
    may: &Permissions,
) -> Stored<bool> {
    let Some(maker) = maker else { return Ok(false) };
    Ok(users::find(connection, maker)?.is_some_and(|maker| may_administer(&staff_member(&maker), may)))
}

pub(super) fn must_administer(me: &User, may: &Permissions) -> Done<()> {
    administrable(me, may).map_err(|why| Error::Forbidden(why.into()))
}
