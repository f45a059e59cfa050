use askama::Template;

use super::{Card, Entry, List, SavedReplies, Thread};
use crate::domain::{ClientId, NumberId};
use crate::web::view::{PageParts, Shell};

/// `GET /conversations`: the list, and nothing open beside it.
#[derive(Debug, Clone, Template)]
#[template(
    path = "conversations/index.html",
    blocks = ["list", "more_rows", "conversation"]
)]
pub struct ConversationsPage {
    pub shell: Shell,
    pub list: List,
}

impl PageParts for ConversationsPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-rows" => self.as_more_rows().render(),
            // Somebody lost sight of what was open, and was sent here
            "conversation" => self.as_conversation().render(),
            _ => self.as_list().render(),
        }
    }
}

/// `GET /conversations/{id}`, and the answer to a text that was refused.
#[derive(Debug, Clone, Template)]
#[template(
    path = "conversations/show.html",
    blocks = ["list", "conversation", "older_texts"]
)]
pub struct ConversationPage {
    pub shell: Shell,
    pub list: List,
    pub thread: Thread,
    pub card: Card,
}

impl PageParts for ConversationPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "older-texts" => self.as_older_texts().render(),
            _ => self.as_conversation().render(),
        }
    }
}

/// `GET /conversations/new`, and the answer to one that was refused.
#[derive(Debug, Clone, Template)]
#[template(
    path = "conversations/new.html",
    blocks = ["list", "conversation", "to_clients"]
)]
pub struct NewTextPage {
    pub shell: Shell,
    pub list: List,
    /// The phone or the client, as typed.
    pub to: String,
    /// Whom `to` could mean.
    pub choices: Vec<Addressee>,
    /// They are shown to choose from, not only while typing.
    pub asks_who: bool,
    /// Our numbers: (id, label). With one there is nothing to choose.
    pub numbers: Vec<(NumberId, String)>,
    pub number_id: NumberId,
    pub body: String,
    pub replies: SavedReplies,
    pub error: Option<String>,
}

impl PageParts for NewTextPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "to-clients" => self.as_to_clients().render(),
            _ => self.as_conversation().render(),
        }
    }
}

/// A client that a new text can go to.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub id: ClientId,
    pub name: String,
    /// E.164.
    pub phone: String,
    /// The same as people write it.
    pub shown: String,
    pub is_chosen: bool,
}
