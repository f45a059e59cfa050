use std::collections::{BTreeMap, BTreeSet};

use super::editor::warnings;
use crate::assignment_policy::Staff;
use crate::domain::{Permission, Permissions, RoleId, UserId};
use crate::services::facts::staff_member;
use crate::services::{By, Done, Proposed, RoleChange, preview_change, propose_role, version_of};
use crate::store::{DbConnection, Stored, users};
use crate::web::error::Error;
use crate::web::settings::consequences::{for_everybody, last_chance};
use crate::web::settings::counts;
use crate::web::settings::foreseeing::foreseen;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{Changed, RolePreviewPage, value};

/// What saving this change would do. Nothing is saved.
pub fn preview(
    site: &Site,
    connection: &mut DbConnection,
    by: &By,
    id: RoleId,
    change: &RoleChange,
) -> Result<Done<RolePreviewPage>, Error> {
    let proposed = match propose_role(connection, by, id, change) {
        Ok(proposed) => proposed,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(me) = users::find(connection, by.user.id)? else { return Err(Error::NotFound) };
    let Proposed { role, may, .. } = &proposed;
    let changed = with_permissions(connection, id, may)?;
    let future = preview_change(connection, &changed)?;
    let everybody = for_everybody(site, connection, &me, (&role.may, may))?;
    Ok(Ok(RolePreviewPage {
        shell: site.shell(connection, &me, Section::Settings)?,
        id,
        title: role.name.clone(),
        fields: fields(&proposed),
        changes: changes(&proposed),
        warnings: warnings(may),
        last_chance: last_chance(&me, &role.may, &changed, &future.people),
        own: me.role_id == id && role.may != *may,
        everybody,
        people: counts::people(changed.len()),
        foreseen: foreseen(&me, &changed.keys().copied().collect::<BTreeSet<_>>(), &future),
    }))
}

/// Everybody who has the role, with other permissions.
pub fn with_permissions(
    connection: &mut DbConnection,
    role: RoleId,
    may: &Permissions,
) -> Stored<BTreeMap<UserId, Staff>> {
    let people = users::all(connection)?.into_iter().filter(|user| user.role_id == role);
    Ok(people.map(|user| (user.id, Staff { may: *may, ..staff_member(&user) })).collect())
}

fn fields(proposed: &Proposed) -> Vec<(&'static str, String)> {
    let words = Permission::ALL.iter().map(|permission| (permission.as_str(), permission.of(&proposed.may).to_owned()));
    words.chain([("name", proposed.name.clone()), ("seen", version_of(&proposed.role))]).collect()
}

fn changes(proposed: &Proposed) -> Vec<Changed> {
    let Proposed { role, name, may } = proposed;
    let renamed = (*name != role.name).then(|| Changed { what: "Name", from: role.name.clone(), to: name.clone() });
    let changed = role.may.differences(may).into_iter().map(|(permission, from, to)| Changed {
        what: permission.label(),
        from: value(permission, from).to_owned(),
        to: value(permission, to).to_owned(),
    });
    renamed.into_iter().chain(changed).collect()
}
