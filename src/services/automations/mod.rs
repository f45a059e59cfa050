//! Automations: setting them up, turning them on and off, deleting them.
//!
//! Must not know: how they are edited on a page.

mod checking;
mod deleting;
mod saving;
mod turning;

use super::facts::staff_member;
use super::{By, Done, Error};
use crate::assignment_policy::may_manage_automations;
use crate::domain::AutomationId;
use crate::store::automations::{self as store, Automation};
use crate::store::{DbConnection, users};

pub use checking::{Fault, MOST_CONDITIONS, MOST_STEPS, Place, check};
pub use deleting::delete;
pub use saving::{changed_by, create, update};
pub use turning::{turn_off, turn_on};

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
