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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_of_access_includes_those_before_it() {
        assert!(SmsAccess::ALL.is_sorted());
        assert!(ClientAccess::ALL.is_sorted());
        assert!(SmsAccess::Delete >= SmsAccess::Create && SmsAccess::None < SmsAccess::Read);
    }
}
