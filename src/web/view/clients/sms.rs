use askama::Template;

use super::{RecordHead, Texting};
use crate::domain::{ClientId, ConversationId};
use crate::web::view::conversations::{Entry, OlderTexts, Thread};
use crate::web::view::{Face, PageParts, Shell, TimeLabel};

/// `GET /clients/{id}/sms`, and the answer to a text from there that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/sms.html", blocks = ["record", "threads", "more_threads"])]
pub struct RecordThreadsPage {
    pub shell: Shell,
    pub head: RecordHead,
    pub above: RecordThreads,
}

impl PageParts for RecordThreadsPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-threads" => self.as_more_threads().render(),
            "record-texts" => self.as_record().render(),
            _ => self.as_threads().render(),
        }
    }
}

/// `GET /clients/{id}/sms/{conversation_id}`, and the answer to a text in it that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/thread.html", blocks = ["record", "conversation"])]
pub struct RecordThreadPage {
    pub shell: Shell,
    pub head: RecordHead,
    /// The list, where it holds only this conversation.
    pub above: Option<RecordThreads>,
    pub thread: Thread,
}

impl PageParts for RecordThreadPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "older-texts" => OlderTexts { thread: &self.thread }.render(),
            // A text was sent that began this conversation
            "record-texts" => self.as_record().render(),
            _ => self.as_conversation().render(),
        }
    }
}

/// The conversations of a record, and *Text*.
#[derive(Debug, Clone)]
pub struct RecordThreads {
    pub list: ThreadList,
    pub texting: Texting,
}

#[derive(Debug, Clone)]
pub struct ThreadList {
    pub client: ClientId,
    /// Newest first.
    pub rows: Vec<ThreadRow>,
    /// Address of the older ones.
    pub next: Option<String>,
    pub is_first_page: bool,
    /// This list's own address, asked again when something happens.
    pub refresh: String,
}

impl ThreadList {
    /// The one conversation there is, where there are not more.
    pub fn only(&self) -> Option<ConversationId> {
        match self.rows.as_slice() {
            [only] if self.next.is_none() && self.is_first_page => Some(only.id),
            _ => None,
        }
    }
}

/// One conversation in the list of a record.
#[derive(Debug, Clone)]
pub struct ThreadRow {
    pub id: ConversationId,
    /// Theirs, as people write it.
    pub phone: String,
    /// The record had it once and has it no more.
    pub earlier: bool,
    pub our_number: String,
    /// The last text, one line.
    pub preview: String,
    /// "Team" before an outbound preview.
    pub preview_by: Option<String>,
    pub time: TimeLabel,
    pub unread: bool,
    pub closed: bool,
    pub blocked: bool,
    pub assigned: Vec<Face>,
}

impl ThreadRow {
    /// "Assigned to Dana Reyes, Michael Scott".
    pub fn assigned_names(&self) -> String {
        let names: Vec<&str> = self.assigned.iter().map(|face| face.name.as_str()).collect();
        names.join(", ")
    }
}
