use super::{Assigned, Composer, Entry};
use crate::domain::{ClientId, ConversationId};

/// The middle pane.
#[derive(Debug, Clone)]
pub struct Thread {
    pub id: ConversationId,
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
    /// Oldest first.
    pub entries: Vec<Entry>,
    /// `/conversations/{id}?before=CURSOR`, where there are older texts.
    pub older: Option<String>,
    /// This thread's own address with its query, asked again when something happens.
    pub refresh: String,
    pub composer: Composer,
    /// What went wrong with the last thing done here, unless the composer says it.
    pub error: Option<String>,
}
