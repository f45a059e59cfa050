use chrono::{NaiveDateTime, TimeDelta};

use super::people::{Person, USERS};
use crate::domain::{GatewayId, GatewayKind, NumberId, PositionId, UserId};
use crate::services::found_company::found_company;
use crate::store::company::Company;
use crate::store::users::NewUser;
use crate::store::{Stored, Writer, gateways, roles, users};

pub(super) const NAME: &str = "Summit Ridge Roofing";

/// From the range that is set aside for fiction, so that no real phone ever rings.
pub(super) const NUMBERS: [(&str, &str); 2] = [("+17205550140", "Main office"), ("+17205550141", "Storm line")];

/// What is there before the first client: ids in the order of the lists above.
pub(super) struct Founded {
    users: Vec<UserId>,
    pub positions: Vec<PositionId>,
    pub lead_statuses: Vec<(&'static str, i64)>,
    pub gateway: GatewayId,
    pub numbers: Vec<NumberId>,
}

impl Founded {
    pub(super) fn user(&self, person: Person) -> Option<UserId> {
        self.users.get(person.index()).copied()
    }
}

pub(super) fn found(
    tx: &mut Writer<'_>,
    password_hash: &str,
    gateway: GatewayKind,
    now: NaiveDateTime,
) -> Stored<Founded> {
    let opening = now - TimeDelta::days(400);
    let lists = found_company(tx, &Company::new(NAME, "America/Denver"), opening)?;
    let mut people = Vec::new();
    for user in USERS {
        let role_id = roles::built_in(tx, user.role)?;
        let new = NewUser { name: user.name, email: user.email, password_hash, role_id };
        people.push(users::insert(tx, &new, opening)?);
    }
    let gateway = gateways::ensure(tx, gateway)?;
    let mut numbers = Vec::new();
    for (phone, label) in NUMBERS {
        numbers.push(gateways::insert_number(tx, gateway, phone, label, now)?);
    }
    Ok(Founded { users: people, positions: lists.positions, lead_statuses: lists.lead_statuses, gateway, numbers })
}
