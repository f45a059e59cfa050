use super::{ClientRecord, Conversation, Staff, can_be_told, may_edit_client, may_read, sees_on_dashboard};
use crate::domain::{SmsAccess, UserId};

/// May send, retry and schedule texts, through either door. Who blocked a phone does not write to it either.
pub fn may_send(u: &Staff, c: &Conversation) -> bool {
    may_read(u, c) && u.may.sms_access >= SmsAccess::Create && !c.opted_out && !c.blocked
}

/// May cancel a text that waits to be sent later: also one that could not be sent now.
pub fn may_cancel_scheduled(u: &Staff, c: &Conversation) -> bool {
    may_read(u, c) && u.may.sms_access >= SmsAccess::Create
}

/// May block the outside phone, and unblock it: for everybody, so only who answers on the dashboard.
pub fn may_block(u: &Staff, c: &Conversation) -> bool {
    sees_on_dashboard(u, c) && u.may.sms_access >= SmsAccess::Create
}

/// May say for the company whether the outside phone wants texts, also while nothing can be sent to it.
pub fn may_note_consent(u: &Staff, c: &Conversation) -> bool {
    may_read(u, c) && u.may.sms_access >= SmsAccess::Create
}

/// May say that a conversation is with this client, or is not.
pub fn may_link_client(u: &Staff, c: &Conversation, client: &ClientRecord) -> bool {
    sees_on_dashboard(u, c) && may_edit_client(u, client)
}

/// May bring a conversation to a record by giving it the phone, and take it away with the phone. Whoever holds the
/// record reads it there, so only who reads it already: a phone that is typed in opens nothing, and nobody changes
/// what they do not see.
pub fn may_bring_conversation(u: &Staff, c: &Conversation) -> bool {
    may_read(u, c)
}

/// May make `v` responsible. Oneself one may always, where one sees the conversation on the dashboard.
pub fn may_assign(u: &Staff, c: &Conversation, v: &Staff) -> bool {
    sees_on_dashboard(u, c) && pickable(v).is_ok() && (u.id == v.id || u.may.may_assign)
}

/// May end the responsibility of `v`, who need not be pickable any more. One's own one may always.
pub fn may_remove(u: &Staff, c: &Conversation, v: UserId) -> bool {
    u.id == v || sees_on_dashboard(u, c) && u.may.may_assign
}

/// Whether somebody may be made responsible at all: only those whom a text would reach.
pub fn pickable(v: &Staff) -> Result<(), WhyNotPickable> {
    if can_be_told(v) {
        Ok(())
    } else if v.active {
        Err(WhyNotPickable::NoAccess)
    } else {
        Err(WhyNotPickable::Inactive)
    }
}

/// Why somebody is greyed in the picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum WhyNotPickable {
    #[error("deactivated")]
    Inactive,
    #[error("no access to SMS Conversations")]
    NoAccess,
}
