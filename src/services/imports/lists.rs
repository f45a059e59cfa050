use std::collections::HashMap;

use chrono_tz::Tz;

use crate::domain::{LeadStatusId, UserId, fold};
use crate::store::lead_statuses::LeadStatus;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, company, lead_statuses, positions, users};

/// The lists that rows refer to by name, read once for many rows.
pub struct Lists {
    statuses: HashMap<String, LeadStatus>,
    pub positions: Vec<positions::Position>,
    users: Vec<(String, User)>,
    pub zone: Tz,
}

impl Lists {
    pub fn load(connection: &mut DbConnection) -> Stored<Self> {
        let statuses = lead_statuses::all(connection)?;
        Ok(Self {
            statuses: statuses.into_iter().map(|status| (fold(&status.name), status)).collect(),
            positions: positions::all(connection)?,
            users: users::all(connection)?.into_iter().map(|user| (fold(&user.name), user)).collect(),
            zone: company::find(connection)?.and_then(|one| one.time_zone.parse().ok()).unwrap_or(Tz::UTC),
        })
    }

    pub fn status(&self, name: &str) -> Option<LeadStatusId> {
        self.statuses.get(&fold(name)).map(|status| status.id)
    }

    pub fn has_status(&self, id: LeadStatusId) -> bool {
        self.statuses.values().any(|known| known.id == id)
    }

    /// Empty for one that is gone.
    pub fn status_name(&self, id: LeadStatusId) -> &str {
        self.statuses.values().find(|known| known.id == id).map_or("", |known| known.name.as_str())
    }

    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.iter().map(|(_, user)| user).find(|user| user.id == id)
    }

    /// By name or e-mail; a name that two people have means nobody.
    pub fn user_called(&self, text: &str) -> Result<&User, String> {
        let account = users::account(text);
        if let Some((_, user)) = self.users.iter().find(|(_, user)| user.email == account) {
            return Ok(user);
        }
        let name = fold(text);
        let mut called = self.users.iter().filter(|(known, _)| *known == name).map(|(_, user)| user);
        match (called.next(), called.next()) {
            (Some(user), None) => Ok(user),
            (Some(_), Some(_)) => Err(format!("two people here are called “{text}”; use the e-mail address")),
            _ => Err(format!("nobody here is called “{text}”")),
        }
    }
}
