use chrono::NaiveDateTime;

use super::administering::{actor, must_administer};
use super::{By, Done, Error};
use crate::domain::{BuiltInRole, RoleId, Topic};
use crate::store::roles::{self, Role};
use crate::store::{DbConnection, Writer};

/// Whether this role may be removed, its people moving to the other one: answers both roles.
pub fn check_removal(
    connection: &mut DbConnection,
    by: &By,
    id: RoleId,
    move_to: Option<RoleId>,
    now: NaiveDateTime,
) -> Done<(Role, Option<Role>)> {
    let me = actor(connection, by)?;
    let role = roles::find(connection, id)?.ok_or(Error::NotFound)?;
    must_administer(&me, &role.may)?;
    if role.built_in == Some(BuiltInRole::Owner) {
        return Err(Error::Invalid("The Owner role cannot be deleted: somebody has to own the company.".to_owned()));
    }
    let Some(target) = move_to else {
        let somebody = !roles::holders(connection, id)?.is_empty() || !roles::invited(connection, id, now)?.is_empty();
        return if somebody {
            Err(Error::Invalid("People have this role. Choose the role that they move to.".to_owned()))
        } else {
            Ok((role, None))
        };
    };
    let target = roles::find(connection, target)?.filter(|target| target.id != id);
    let target = target.ok_or_else(|| Error::Invalid("Choose another role that people move to.".to_owned()))?;
    must_administer(&me, &target.may)?;
    Ok((role, Some(target)))
}

/// Removes a role for good. Its users, and who is invited to it, get the other one; their open tabs begin anew.
pub fn remove_role(tx: &mut Writer<'_>, by: &By, id: RoleId, move_to: Option<RoleId>, now: NaiveDateTime) -> Done<()> {
    let (role, target) = check_removal(tx, by, id, move_to, now)?;
    let users = roles::holders(tx, id)?;
    let mut detail = role.name.clone();
    if let Some(target) = target {
        roles::move_people(tx, id, target.id)?;
        let moved: Vec<&str> = users.iter().map(|(_, name, _)| name.as_str()).collect();
        if !moved.is_empty() {
            detail.push_str(&format!("; moved to {}: {}", target.name, moved.join(", ")));
        }
    }
    roles::delete(tx, id)?;
    for (user, ..) in users {
        tx.announce(Topic::Permissions(user));
    }
    Ok(by.record(tx, "role.removed", format_args!("role {id}"), &detail, now)?)
}
