use askama::Template;

use super::{PositionChoice, RecordHead};
use crate::domain::{ClientActivityKind, ConversationId, LeadStatusId};
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /clients/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/show.html", blocks = ["record", "more_activity"])]
pub struct RecordPage {
    pub shell: Shell,
    pub head: RecordHead,
    pub phones: Vec<Phone>,
    pub email: String,
    pub address: String,
    /// "America/Denver", of the record or else of the company.
    pub time_zone: String,
    pub lead_source: String,
    /// In the client's time zone.
    pub appointment: Option<TimeLabel>,
    pub notes: String,
    pub lead_status_id: LeadStatusId,
    pub statuses: Vec<(LeadStatusId, String)>,
    pub positions: Vec<PositionChoice>,
    pub conversations: Vec<RecordConversation>,
    /// Newest first.
    pub activity: Vec<Happened>,
    /// `/clients/{id}?before=ID`, where there is older activity.
    pub older: Option<String>,
    /// The newest activity: which state of the record this shows.
    pub seen: i64,
    /// Why the last thing done here was refused.
    pub error: Option<String>,
}

impl PageParts for RecordPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-activity" => self.as_more_activity().render(),
            _ => self.as_record().render(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Phone {
    /// "Mobile".
    pub kind: &'static str,
    /// As people write it.
    pub shown: String,
    /// E.164, for `tel:`.
    pub number: String,
    pub texting: bool,
    pub opted_out: bool,
    /// Address of what it agreed to and withdrew.
    pub consent: String,
    /// Its texts are stored and tell nobody.
    pub blocked: bool,
}

/// A conversation on the record. Its words are behind the door of the SMS tab.
#[derive(Debug, Clone)]
pub struct RecordConversation {
    pub id: ConversationId,
    pub phone: String,
    /// "Main line (555) 010-0000".
    pub our_number: String,
    pub time: TimeLabel,
    pub closed: bool,
    /// The record does not have this phone any more.
    pub former: bool,
    /// Texts through this are open to the reader.
    pub has_link: bool,
}

/// A line of the record's activity.
#[derive(Debug, Clone)]
pub struct Happened {
    pub kind: ClientActivityKind,
    /// "Dana changed the lead status".
    pub what: String,
    /// "Lead Received → Appointment Set".
    pub detail: String,
    pub time: TimeLabel,
}

impl Happened {
    pub fn icon(&self) -> &'static str {
        match self.kind {
            ClientActivityKind::Created => "user-plus",
            ClientActivityKind::Imported => "upload",
            ClientActivityKind::Edited => "pencil",
            ClientActivityKind::LeadStatus => "tags",
            ClientActivityKind::Position => "briefcase",
            ClientActivityKind::Phone => "phone",
            ClientActivityKind::Linked => "link",
            ClientActivityKind::Unlinked => "unlink",
        }
    }
}
