use super::Staff;
use crate::domain::{Permissions, UserId};

/// May change a role with these permissions, give it to somebody, or decide about who has it: never
/// about more than they may themselves, so that nobody promotes themselves or shuts out who stands above.
pub fn may_administer(u: &Staff, permissions: &Permissions) -> bool {
    u.active && u.may.manage_users && u.may.include(permissions)
}

/// May set up what texts and assigns by itself, turn it on and off, and read its log.
pub fn may_manage_automations(u: &Staff) -> bool {
    u.active && u.may.manage_automations
}

/// May write the replies that everybody sends.
pub fn may_edit_templates(u: &Staff) -> bool {
    u.active && (u.may.manage_company || u.may.manage_automations)
}

/// Somebody has to be left who may do everything: the last active Owner stays active, and Owner.
pub fn is_last_owner(active_owners: &[UserId], user: UserId) -> bool {
    active_owners == [user]
}
