use askama::Template;

use crate::domain::{ClientId, ConversationId};
use crate::web::view::{PageParts, Shell};

/// `GET /conversations/{id}/clients`: whose conversation it is.
#[derive(Debug, Clone, Template)]
#[template(path = "conversations/clients.html", blocks = ["found", "more_found"])]
pub struct LinkPage {
    pub shell: Shell,
    pub id: ConversationId,
    /// The outside phone, as people write it.
    pub phone: String,
    /// The phone can stand on a record: it is no short code.
    pub has_phone: bool,
    pub linked: Vec<LinkedClient>,
    /// It is also with clients whose record this person may not open.
    pub others: bool,
    /// The form for a new client, for who may enter clients.
    pub new_client: Option<String>,
    /// The search, as typed.
    pub q: String,
    /// What the search found; without one, other records with this phone.
    pub found: Vec<FoundClient>,
    /// Address of the ones after these.
    pub next: Option<String>,
    pub error: Option<String>,
}

impl PageParts for LinkPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-found" => self.as_more_found().render(),
            _ => self.as_found().render(),
        }
    }
}

/// A client that the conversation is with.
#[derive(Debug, Clone)]
pub struct LinkedClient {
    pub client: FoundClient,
    pub may_unlink: bool,
    /// The phone stands on the record, and could go from there too.
    pub has_phone: bool,
}

/// A client to choose.
#[derive(Debug, Clone)]
pub struct FoundClient {
    pub id: ClientId,
    pub name: String,
    pub initials: String,
    /// 0 to 7, like a person's.
    pub hue: u8,
    pub status: String,
    /// "(303) 555-0101, (303) 555-0102 · Denver".
    pub about: String,
}
