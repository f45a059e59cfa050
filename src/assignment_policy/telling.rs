use std::collections::BTreeSet;

use super::{Conversation, Staff};
use crate::domain::{NotificationReason, SmsDashboard, UserId};

/// Somebody who is told of an inbound text, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Told {
    pub user: UserId,
    pub reason: NotificationReason,
}

/// Who is told of an inbound text: sorted by user, nobody twice, empty while blocked.
///
/// The assigned who can be told; where there is none, everybody who can be told and sees all
/// conversations. Assignees who cannot be told do not silence the others: see
/// `src/docs/decisions/0001-the-policy-is-one-pure-module.md`.
pub fn audience(staff: &[Staff], c: &Conversation) -> Vec<Told> {
    if c.blocked {
        return Vec::new();
    }
    let assigned = told(staff, NotificationReason::Assigned, |u| c.is_assigned(u.id));
    if !assigned.is_empty() {
        return assigned;
    }
    let reason = match c.assigned.is_empty() {
        true => NotificationReason::NobodyAssigned,
        false => NotificationReason::NoAssigneeToTell,
    };
    told(staff, reason, |u| u.may.sms_dashboard == SmsDashboard::All)
}

/// Whether any inbound text may ever notify this person.
pub fn can_be_told(u: &Staff) -> bool {
    u.active && u.may.sms_dashboard != SmsDashboard::None
}

fn told(staff: &[Staff], reason: NotificationReason, who: impl Fn(&Staff) -> bool) -> Vec<Told> {
    let users: BTreeSet<UserId> = staff.iter().filter(|u| can_be_told(u) && who(u)).map(|u| u.id).collect();
    users.into_iter().map(|user| Told { user, reason }).collect()
}
