use askama::Template;

use super::{Card, Entry, List, Thread};
use crate::domain::NumberId;
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
    blocks = ["list", "conversation"]
)]
pub struct NewTextPage {
    pub shell: Shell,
    pub list: List,
    /// The phone, as typed.
    pub to: String,
    /// Our numbers: (id, label). With one there is nothing to choose.
    pub numbers: Vec<(NumberId, String)>,
    pub number_id: NumberId,
    pub body: String,
    pub error: Option<String>,
}

impl PageParts for NewTextPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_conversation().render()
    }
}
