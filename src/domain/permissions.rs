use serde::{Deserialize, Serialize};

use super::text_enum;

text_enum! {
    /// What the SMS Conversations dashboard shows, and whether inbound texts may notify.
    pub enum SmsDashboard {
        All = "all",
        Assigned = "assigned",
        None = "none",
    }
}

text_enum! {
    /// What somebody may do in a conversation they see. Each level includes those before it.
    pub enum SmsAccess {
        None = "none",
        Read = "read",
        /// Send, retry, schedule.
        Create = "create",
        /// Hide a message; audited.
        Delete = "delete",
    }
}

text_enum! {
    /// Which client records are in reach. *Assigned* means holding a position on the record.
    pub enum ClientScope {
        All = "all",
        Assigned = "assigned",
        None = "none",
    }
}

text_enum! {
    /// What somebody may do with the clients in scope. Each level includes those before it.
    pub enum ClientAccess {
        None = "none",
        Read = "read",
        Edit = "edit",
        Create = "create",
        Delete = "delete",
    }
}

/// Everything a role permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Permissions {
    pub sms_dashboard: SmsDashboard,
    pub sms_access: SmsAccess,
    pub client_scope: ClientScope,
    pub client_access: ClientAccess,
    /// Assigning and removing *others*; oneself one may always.
    pub may_assign: bool,
    pub manage_automations: bool,
    pub manage_users: bool,
    pub manage_company: bool,
    pub see_reports: bool,
    pub see_audit: bool,
}

impl Permissions {
    /// Permits nothing: what a new role starts from.
    pub const NOTHING: Self = Self {
        sms_dashboard: SmsDashboard::None,
        sms_access: SmsAccess::None,
        client_scope: ClientScope::None,
        client_access: ClientAccess::None,
        may_assign: false,
        manage_automations: false,
        manage_users: false,
        manage_company: false,
        see_reports: false,
        see_audit: false,
    };

    /// Whether all of `other` is permitted here too.
    pub fn include(&self, other: &Self) -> bool {
        // Declared from most to least, unlike the levels of access
        self.sms_dashboard <= other.sms_dashboard
            && self.client_scope <= other.client_scope
            && self.sms_access >= other.sms_access
            && self.client_access >= other.client_access
            && self.may_assign >= other.may_assign
            && self.manage_automations >= other.manage_automations
            && self.manage_users >= other.manage_users
            && self.manage_company >= other.manage_company
            && self.see_reports >= other.see_reports
            && self.see_audit >= other.see_audit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BuiltInRole;

    #[test]
    fn each_level_of_access_includes_those_before_it() {
        assert!(SmsAccess::ALL.is_sorted());
        assert!(ClientAccess::ALL.is_sorted());
        assert!(SmsAccess::Delete >= SmsAccess::Create && SmsAccess::None < SmsAccess::Read);
    }

    #[test]
    fn permissions_include_others_only_if_none_of_theirs_is_missing() {
        let owner = BuiltInRole::Owner.permissions();
        for role in BuiltInRole::ALL {
            assert!(owner.include(&role.permissions()) && role.permissions().include(&Permissions::NOTHING));
        }
        assert!(!BuiltInRole::BusinessManager.permissions().include(&owner));
        for &dashboard in SmsDashboard::ALL {
            let more = Permissions { sms_dashboard: dashboard, ..Permissions::NOTHING };
            assert_eq!(Permissions::NOTHING.include(&more), dashboard == SmsDashboard::None);
        }
        for &scope in ClientScope::ALL {
            let more = Permissions { client_scope: scope, ..Permissions::NOTHING };
            assert_eq!(Permissions::NOTHING.include(&more), scope == ClientScope::None);
        }
    }
}
