use super::{ClientRecord, Conversation, Staff};
use crate::domain::{ClientAccess, ClientScope, SmsAccess, SmsDashboard};

/// May read the texts, through either door.
pub fn may_read(u: &Staff, c: &Conversation) -> bool {
    sees_on_dashboard(u, c) || sees_from_client(u, c)
}

/// The first door: SMS Conversations.
pub fn sees_on_dashboard(u: &Staff, c: &Conversation) -> bool {
    u.active
        && match u.may.sms_dashboard {
            SmsDashboard::All => true,
            SmsDashboard::Assigned => c.is_assigned(u.id),
            SmsDashboard::None => false,
        }
}

/// The second door: the SMS tab of a client record that they can open.
pub fn sees_from_client(u: &Staff, c: &Conversation) -> bool {
    c.clients.iter().any(|client| may_read_texts_of(u, client))
}

/// May open the tab SMS of this record.
pub fn may_read_texts_of(u: &Staff, client: &ClientRecord) -> bool {
    may_read_client(u, client) && u.may.sms_access >= SmsAccess::Read
}

/// May open the record: it is in scope, and reading is allowed there.
pub fn may_read_client(u: &Staff, client: &ClientRecord) -> bool {
    u.active
        && u.may.client_access >= ClientAccess::Read
        && match u.may.client_scope {
            ClientScope::All => true,
            ClientScope::Assigned => client.holders.contains(&u.id),
            ClientScope::None => false,
        }
}
