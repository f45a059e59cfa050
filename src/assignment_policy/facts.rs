use crate::domain::{ClientId, Permissions, UserId};

/// A user as the policy sees them: with the permissions of their role at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    pub id: UserId,
    pub active: bool,
    pub may: Permissions,
}

/// A client record and the users who hold a position on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientRecord {
    pub id: ClientId,
    pub holders: Vec<UserId>,
}

/// What is decided about. An unknown caller has no client, a household number several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    pub assigned: Vec<UserId>,
    pub clients: Vec<ClientRecord>,
    /// The outside phone has opted out: nothing may be sent to it.
    pub opted_out: bool,
    /// The outside phone is blocked: its texts are stored and tell nobody.
    pub blocked: bool,
}

impl Conversation {
    pub(super) fn is_assigned(&self, user: UserId) -> bool {
        self.assigned.contains(&user)
    }
}
