use chrono::{NaiveDateTime, TimeDelta};

use super::people::{Person, USERS};
use crate::domain::{BuiltInRole, GatewayId, GatewayKind, NumberId, Plan, PositionId, UserId};
use crate::store::company::{self, Company};
use crate::store::users::NewUser;
use crate::store::{Stored, Writer, clients, gateways, roles, users};

pub(super) const NAME: &str = "Summit Ridge Roofing";

/// From the range that is set aside for fiction, so that no real phone ever rings.
pub(super) const NUMBERS: [(&str, &str); 2] = [("+17205550140", "Main office"), ("+17205550141", "Storm line")];

pub(super) const POSITIONS: [&str; 3] = ["Sales Person", "Project Manager", "Field Crew"];

pub(super) const LEAD_STATUSES: [(&str, &str, bool); 10] = [
    ("Lead Received", "blue", false),
    ("Appointment Not Set", "amber", false),
    ("Appointment Set", "teal", false),
    ("Appointment Confirmed", "teal", false),
    ("Demo", "violet", false),
    ("Job Sold", "indigo", false),
    ("Job In Progress", "indigo", false),
    ("Customer", "slate", false),
    ("Not Interested", "grey", true),
    ("Lost to Competitor", "grey", true),
];

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
    let company = Company { name: NAME.to_owned(), time_zone: "America/Denver".to_owned(), plan: Plan::Growth };
    company::found(tx, &company, opening)?;
    for role in BuiltInRole::ALL {
        roles::built_in(tx, *role)?;
    }
    let mut people = Vec::new();
    for user in USERS {
        let role_id = roles::built_in(tx, user.role)?;
        let new = NewUser { name: user.name, email: user.email, password_hash, role_id };
        people.push(users::insert(tx, &new, opening)?);
    }
    let mut positions = Vec::new();
    for (ordinal, name) in (0..).zip(POSITIONS) {
        positions.push(clients::insert_position(tx, name, ordinal)?);
    }
    let mut lead_statuses = Vec::new();
    for (ordinal, (name, colour, lost)) in (0..).zip(LEAD_STATUSES) {
        lead_statuses.push((name, clients::insert_lead_status(tx, name, ordinal, colour, lost)?));
    }
    let gateway = gateways::ensure(tx, gateway)?;
    let mut numbers = Vec::new();
    for (phone, label) in NUMBERS {
        numbers.push(gateways::insert_number(tx, gateway, phone, label)?);
    }
    Ok(Founded { users: people, positions, lead_statuses, gateway, numbers })
}
