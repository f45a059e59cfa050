use super::{ClientAccess, ClientScope, Permissions, SmsAccess, SmsDashboard, text_enum};

text_enum! {
    /// The roles every company starts with. They can be edited; these are their first permissions.
    pub enum BuiltInRole {
        Owner = "owner",
        BusinessManager = "business_manager",
        ProjectManager = "project_manager",
        SalesPerson = "sales_person",
        FieldEmployee = "field_employee",
    }
}

impl BuiltInRole {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::BusinessManager => "Business Manager",
            Self::ProjectManager => "Project Manager",
            Self::SalesPerson => "Sales Person",
            Self::FieldEmployee => "Field Employee",
        }
    }

    pub const fn permissions(self) -> Permissions {
        match self {
            Self::Owner => Permissions { see_audit: true, ..Self::BusinessManager.permissions() },
            Self::BusinessManager => Permissions {
                sms_dashboard: SmsDashboard::All,
                sms_access: SmsAccess::Delete,
                client_scope: ClientScope::All,
                client_access: ClientAccess::Delete,
                may_assign: true,
                manage_automations: true,
                manage_users: true,
                manage_company: true,
                see_reports: true,
                see_audit: false,
            },
            Self::ProjectManager | Self::SalesPerson => Permissions {
                sms_dashboard: SmsDashboard::Assigned,
                sms_access: SmsAccess::Create,
                client_scope: ClientScope::Assigned,
                client_access: ClientAccess::Edit,
                may_assign: true,
                ..Permissions::NOTHING
            },
            Self::FieldEmployee => Permissions {
                sms_dashboard: SmsDashboard::None,
                sms_access: SmsAccess::Read,
                client_scope: ClientScope::Assigned,
                client_access: ClientAccess::Read,
                ..Permissions::NOTHING
            },
        }
    }
}
