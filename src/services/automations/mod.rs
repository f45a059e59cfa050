//! Automations: setting them up, and at work: what begins a run, what its next step does, what follows once its text was
//! accepted.
//!
//! `crate::automation` decides; here its facts are looked up, and what it decided is carried out. Must not know: how they
//! are edited on a page.

mod accepted;
mod appointments;
mod begin;
mod calendar;
mod checking;
mod deleting;
mod facts;
mod happened;
mod lines;
mod outcome;
mod replied;
mod resume;
mod saving;
mod send_step;
mod skipping;
mod sweep;
mod take_step;
mod trying;
mod turning;
mod uses;

use super::facts::staff_member;
use super::{By, Done, Error};
use crate::assignment_policy::may_manage_automations;
use crate::domain::AutomationId;
use crate::store::automations::{self as store, Automation};
use crate::store::{DbConnection, users};

pub(super) use accepted::accepted;
pub(super) use appointments::appointment_set;
pub use begin::{About, begin, first_due};
pub use calendar::Calendar;
pub use checking::{Fault, MOST_CONDITIONS, MOST_STEPS, Place, check};
pub use deleting::delete;
pub use facts::{Asked, Situation};
pub use happened::{Happening, Text, happened};
pub(super) use outcome::{Hindrance, fate_unknown, hindrance, not_sent};
pub use replied::end_by_hand;
pub(super) use replied::replied;
pub use resume::{resume, resume_some};
pub use saving::{changed_by, create, update};
pub use sweep::{Swept, sweep_some, to_sweep};
pub use take_step::take_step;
pub use trying::{Sent, Trial, Tried, try_out};
pub use turning::{turn_off, turn_on};
pub(super) use uses::{assign_instead, no_automation_uses, uses_of_lead_status, uses_of_position};

/// To everybody else there are no automations.
fn must_manage(connection: &mut DbConnection, by: &By) -> Done<()> {
    match users::find(connection, by.user.id)? {
        Some(user) if may_manage_automations(&staff_member(&user)) => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// One that is not deleted.
fn find(connection: &mut DbConnection, id: AutomationId) -> Done<Automation> {
    store::find(connection, id)?.filter(|automation| !automation.archived).ok_or(Error::NotFound)
}
