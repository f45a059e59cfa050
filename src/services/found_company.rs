use chrono::NaiveDateTime;

use crate::domain::{BuiltInRole, LeadStatusId, PositionId};
use crate::store::company::{self, Company};
use crate::store::{Stored, Writer, lead_statuses, positions, roles};

/// The positions that a new company begins with, in their order.
pub(super) const POSITIONS: [&str; 3] = ["Sales Person", "Project Manager", "Field Crew"];

/// The lead statuses that a new company begins with: name, colour, and whether the lead is lost then.
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

/// Ids in the order of the lists above.
pub(super) struct Founded {
    pub positions: Vec<PositionId>,
    pub lead_statuses: Vec<(&'static str, LeadStatusId)>,
}

/// A company with its built-in roles and its first lists; nobody works there yet.
pub(super) fn found_company(tx: &mut Writer<'_>, new: &Company, now: NaiveDateTime) -> Stored<Founded> {
    company::found(tx, new, now)?;
    for role in BuiltInRole::ALL {
        roles::built_in(tx, *role)?;
    }
    let mut founded = Founded { positions: Vec::new(), lead_statuses: Vec::new() };
    for (ordinal, name) in (0..).zip(POSITIONS) {
        founded.positions.push(positions::insert(tx, name, ordinal)?);
    }
    for (ordinal, (name, colour, lost)) in (0..).zip(LEAD_STATUSES) {
        founded.lead_statuses.push((name, lead_statuses::insert(tx, name, ordinal, colour, lost)?));
    }
    Ok(founded)
}
