use chrono::NaiveDateTime;

use super::form::Sent;
use crate::assignment_policy::contradictions;
use crate::domain::{BuiltInRole, Permissions, RoleId};
use crate::services::{administrable, version_of};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, roles};
use crate::web::error::Error;
use crate::web::settings::counts::counted;
use crate::web::site::Site;
use crate::web::view::settings::{Choice, Holders, RolePage};
use crate::web::view::{Face, Section};

/// So many people are shown of those who have a role.
const SHOWN: usize = 30;

/// The editor: as the role is, or as it was sent. What was sent to a role that was changed meanwhile is not kept: the page
/// shows what is true now.
pub fn editor(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: RoleId,
    sent: &Sent,
    error: Option<String>,
) -> Result<RolePage, Error> {
    let role = roles::find(connection, id)?.ok_or(Error::NotFound)?;
    let version = version_of(&role);
    let outdated = error.is_some() && sent.seen().is_some_and(|seen| *seen != version);
    let (name, may) = if outdated { (role.name.clone(), role.may) } else { sent.over(&role) };
    let seen = sent.seen().filter(|_| !outdated).unwrap_or(&version).clone();
    Ok(RolePage {
        shell: site.shell(connection, me, Section::Settings)?,
        id,
        title: role.name,
        built_in: role.built_in.is_some(),
        name,
        seen,
        choices: Choice::all(&may),
        warnings: warnings(&may),
        locked: administrable(me, &role.may).err(),
        holders: holders(connection, id, site.now())?,
        removable: role.built_in != Some(BuiltInRole::Owner),
        error,
    })
}

pub fn warnings(may: &Permissions) -> Vec<String> {
    contradictions(may).iter().map(ToString::to_string).collect()
}

pub fn holders(connection: &mut DbConnection, id: RoleId, now: NaiveDateTime) -> Stored<Holders> {
    let holders = roles::holders(connection, id)?;
    let more = holders.len().saturating_sub(SHOWN);
    let invited = roles::invited(connection, id, now)?.len();
    Ok(Holders {
        faces: holders.iter().take(SHOWN).map(|(id, name, active)| (Face::new(*id, name), *active)).collect(),
        more: (more > 0).then(|| format!("and {} more", counted(more, None))),
        invited: match invited {
            0 => None,
            1 => Some("1 person is invited to this role.".to_owned()),
            _ => Some(format!("{invited} people are invited to this role.")),
        },
    })
}
