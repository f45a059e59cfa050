use super::{
    ClientRecord, Conversation, Staff, can_be_told, may_assign, may_create_client, may_delete_client, may_edit_client,
    may_read, may_read_client, may_send, sees_from_client, sees_on_dashboard,
};
use crate::domain::SmsAccess;

/// How much of all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    Nothing,
    /// What they are assigned to, or hold a position on.
    Own,
    Everything,
}

/// What holds for somebody whatever the conversation, also for those that nobody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reach {
    /// Conversations on the dashboard.
    pub dashboard: Extent,
    /// Texts may notify them.
    pub told: bool,
    /// Client records that they may open.
    pub clients: Extent,
    /// The records that they open have the SMS tab.
    pub sms_tab: bool,
    /// They may text at all, through either door.
    pub writes: bool,
    /// They may hide a text, of the conversations that they see.
    pub hides_texts: bool,
    /// They may make others responsible, and end it.
    pub assigns_others: bool,
    /// Of the records that they open.
    pub edits_clients: bool,
    pub creates_clients: bool,
    pub deletes_clients: bool,
    pub automates: bool,
    pub reads_reports: bool,
}

/// Asks the policy about a conversation, and a client, that is theirs, and about one that is not.
pub fn reach(u: &Staff) -> Reach {
    let record = ClientRecord { id: 0, holders: vec![u.id] };
    let assigned = Conversation { assigned: vec![u.id], ..Conversation::default() };
    let of_client = Conversation { clients: vec![record.clone()], ..Conversation::default() };
    Reach {
        dashboard: extent(sees_on_dashboard(u, &Conversation::default()), sees_on_dashboard(u, &assigned)),
        told: can_be_told(u),
        clients: extent(may_read_client(u, &ClientRecord::default()), may_read_client(u, &record)),
        sms_tab: sees_from_client(u, &of_client),
        writes: may_send(u, &assigned) || may_send(u, &of_client),
        hides_texts: (may_read(u, &assigned) || may_read(u, &of_client)) && u.may.sms_access >= SmsAccess::Delete,
        assigns_others: may_assign(u, &assigned, &Staff { id: u.id.wrapping_add(1), ..*u }),
        edits_clients: may_edit_client(u, &record),
        creates_clients: may_create_client(u, &record),
        deletes_clients: may_delete_client(u, &record),
        automates: u.active && u.may.manage_automations,
        reads_reports: u.active && u.may.see_reports,
    }
}

fn extent(anybodys: bool, own: bool) -> Extent {
    match (anybodys, own) {
        (true, _) => Extent::Everything,
        (false, true) => Extent::Own,
        (false, false) => Extent::Nothing,
    }
}
