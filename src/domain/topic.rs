use super::{ConversationId, SessionId, UserId};

/// What open pages are told after a commit: what changed, never its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// Only for those who see the conversation now, or saw it just before.
    Conversation { id: ConversationId, seen_by: Vec<UserId> },
    /// Somebody's list of notifications, or its count.
    Notifications(UserId),
    /// What somebody may do; their streams end and begin anew.
    Permissions(UserId),
    /// A browser is signed out; its streams end.
    SessionEnded(SessionId),
    /// Everything may have changed, for everyone.
    Everyone,
}
