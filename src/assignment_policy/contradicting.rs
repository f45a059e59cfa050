use super::{Conversation, Staff, can_be_told, reach, sees_clients, sees_on_dashboard};
use crate::domain::{ClientAccess, ClientScope, Permissions, SmsAccess, SmsDashboard};

/// Permissions of one role that do not go together. They are allowed; whoever sets them is warned, in these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Contradiction {
    #[error(
        "They see conversations on the dashboard and are told of texts, but cannot answer and have no SMS tab on \
        client records: SMS Message Access Control is None."
    )]
    SeesWithoutAccess,
    #[error("They may text from a client record, but will not be told of replies: they have no dashboard.")]
    WritesUnheard,
    #[error(
        "SMS Message Access Control has no effect: without the dashboard, and without client records, there is no \
        conversation that they could open."
    )]
    AccessWithoutDoor,
    #[error("They may assign conversations, but see none on the dashboard that they could assign.")]
    AssignsUnseen,
    #[error("Client Scope has no effect: Client Access Control is None, so they open no client record.")]
    ScopeWithoutAccess,
    #[error("Client Access Control has no effect: Client Scope is No clients, so they open no client record.")]
    AccessWithoutScope,
    #[error("They may set up automations that text clients, though they may not text clients themselves.")]
    AutomatesUnsent,
    #[error(
        "They manage users and roles, but do not see all conversations: a preview will not name every conversation to \
        them, and roles that see more than they do are out of their reach."
    )]
    ManagesUnseen,
}

/// Every contradiction in a role, in a fixed order.
pub fn contradictions(may: &Permissions) -> Vec<Contradiction> {
    // Whoever has the role, while they are active
    let u = Staff { id: 0, active: true, may: *may };
    let opens_clients = sees_clients(&u);
    let has_dashboard = can_be_told(&u);
    let writes = may.sms_access >= SmsAccess::Create;
    [
        (Contradiction::SeesWithoutAccess, has_dashboard && may.sms_access == SmsAccess::None),
        (Contradiction::WritesUnheard, !has_dashboard && reach(&u).writes),
        (Contradiction::AccessWithoutDoor, !has_dashboard && may.sms_access > SmsAccess::None && !opens_clients),
        (Contradiction::AssignsUnseen, may.may_assign && may.sms_dashboard == SmsDashboard::None),
        (
            Contradiction::ScopeWithoutAccess,
            may.client_scope != ClientScope::None && may.client_access == ClientAccess::None,
        ),
        (
            Contradiction::AccessWithoutScope,
            may.client_scope == ClientScope::None && may.client_access > ClientAccess::None,
        ),
        (Contradiction::AutomatesUnsent, may.manage_automations && !writes),
        (Contradiction::ManagesUnseen, may.manage_users && !sees_on_dashboard(&u, &Conversation::default())),
    ]
    .into_iter()
    .filter_map(|(contradiction, holds)| holds.then_some(contradiction))
    .collect()
}
