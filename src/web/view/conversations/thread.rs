use super::{Assigned, Composer, Entry, Scheduled};
use crate::domain::{ClientId, ConversationId};

/// The middle pane.
#[derive(Debug, Clone)]
pub struct Thread {
    pub id: ConversationId,
    /// The client record it is shown in; none on the dashboard.
    pub record: Option<ClientId>,
    /// The clients' names, else the phone.
    pub title: String,
    /// The record that the title names, if it is one and open to this person.
    pub client: Option<ClientId>,
    /// The client's phone as people write it; none when the title says it already.
    pub phone: Option<String>,
    /// "Main line (555) 010-0000": which of our numbers this is about.
    pub our_number: String,
    pub assigned: Assigned,
    pub closed: bool,
    /// The close and reopen buttons are there.
    pub may_close: bool,
    pub blocked: bool,
    /// The buttons that block and unblock the outside phone are there.
    pub may_block: bool,
    pub linking: Linking,
    /// Address of what the outside phone agreed to and withdrew, behind the same door.
    /// None on a record that does not have that phone any more.
    pub consent: Option<String>,
    /// Oldest first.
    pub entries: Vec<Entry>,
    /// Texts to be sent later, the next one first; below the newest text only.
    pub scheduled: Vec<Scheduled>,
    /// This thread's address with `?before=CURSOR`, where there are older texts.
    pub older: Option<String>,
    /// This thread's own address with its query, asked again when something happens.
    pub refresh: String,
    pub composer: Composer,
    /// What went wrong with the last thing done here, unless the composer says it.
    pub error: Option<String>,
}

/// How a conversation comes to its clients.
#[derive(Debug, Clone, Default)]
pub struct Linking {
    /// The form for a new client with this phone, for who may enter clients.
    pub new_client: Option<String>,
    /// This person may say whose conversation it is.
    pub may_link: bool,
}

impl Thread {
    /// There is something in the menu beside the title.
    pub fn has_menu(&self) -> bool {
        let links = self.linking.new_client.is_some() || self.linking.may_link || self.consent.is_some();
        links || self.may_block && !self.blocked
    }
}
