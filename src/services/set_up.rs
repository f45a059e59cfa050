use chrono::NaiveDateTime;

use super::{Done, Error, NewPerson, add_user};
use crate::domain::{BuiltInRole, Plan, UserId};
use crate::store::company::{self, Company};
use crate::store::{Writer, clients, roles, users};

const LEAD_STATUSES: [(&str, &str, bool); 10] = [
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

const POSITIONS: [&str; 3] = ["Sales Person", "Project Manager", "Field Crew"];

/// The first run: the company, its roles and lists, and its Owner. Once only.
pub fn set_up(
    tx: &mut Writer<'_>,
    company_name: &str,
    time_zone: &str,
    owner: &NewPerson<'_>,
    now: NaiveDateTime,
) -> Done<UserId> {
    if users::any(tx)? {
        return Err(Error::Forbidden("Crewline is set up already. Sign in."));
    }
    if company_name.trim().is_empty() {
        return Err(Error::Invalid("Enter the company's name.".to_owned()));
    }
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Error::Invalid("Choose the company's time zone.".to_owned()));
    }
    if company::find(tx)?.is_none() {
        let company =
            Company { name: company_name.trim().to_owned(), time_zone: time_zone.to_owned(), plan: Plan::Growth };
        company::found(tx, &company, now)?;
        for role in BuiltInRole::ALL {
            roles::built_in(tx, *role)?;
        }
        for (ordinal, (name, colour, lost)) in (0..).zip(LEAD_STATUSES) {
            clients::insert_lead_status(tx, name, ordinal, colour, lost)?;
        }
        for (ordinal, name) in (0..).zip(POSITIONS) {
            clients::insert_position(tx, name, ordinal)?;
        }
    }
    add_user(tx, owner, now)
}
