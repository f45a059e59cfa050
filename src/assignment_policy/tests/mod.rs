//! The rules one by one, what holds for any company, and the tables a reviewer can read.

mod contradicting;
mod golden;
mod previewing;
mod properties;
mod rules;

use super::{ClientRecord, Conversation, Staff};
use crate::domain::{ClientAccess, ClientScope, Permissions, SmsAccess, SmsDashboard, UserId};

/// Active, may send and assign, and opens the client records they hold a position on.
fn user(id: UserId, sms_dashboard: SmsDashboard) -> Staff {
    let may = Permissions {
        sms_dashboard,
        sms_access: SmsAccess::Create,
        client_scope: ClientScope::Assigned,
        client_access: ClientAccess::Read,
        may_assign: true,
        ..Permissions::NOTHING
    };
    Staff { id, active: true, may }
}

fn all(id: UserId) -> Staff {
    user(id, SmsDashboard::All)
}

fn only_assigned(id: UserId) -> Staff {
    user(id, SmsDashboard::Assigned)
}

fn no_access(id: UserId) -> Staff {
    user(id, SmsDashboard::None)
}

fn inactive(u: Staff) -> Staff {
    Staff { active: false, ..u }
}

fn with(u: Staff, change: impl FnOnce(&mut Permissions)) -> Staff {
    let mut may = u.may;
    change(&mut may);
    Staff { may, ..u }
}

fn assigned_to(assigned: &[UserId]) -> Conversation {
    Conversation { assigned: assigned.to_vec(), ..Conversation::default() }
}

/// Nobody is assigned; the client record is held by these.
fn of_client_held_by(holders: &[UserId]) -> Conversation {
    Conversation { clients: vec![held_by(holders)], ..Conversation::default() }
}

fn held_by(holders: &[UserId]) -> ClientRecord {
    ClientRecord { id: 1, holders: holders.to_vec() }
}
