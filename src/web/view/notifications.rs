use askama::Template;

use super::{PageParts, Shell, TimeLabel};
use crate::domain::{ConversationId, NotificationId, NotificationKind};

/// `GET /notifications`.
#[derive(Debug, Clone, Template)]
#[template(path = "notifications/index.html", blocks = ["notices", "more_notices"])]
pub struct NotificationsPage {
    pub shell: Shell,
    /// Newest first.
    pub notices: Vec<Notice>,
    /// Address of the older ones.
    pub next: Option<String>,
    /// This page's own address, asked again when something happens.
    pub refresh: String,
    /// Clients' texts may notify this person.
    pub told: bool,
    /// This person has a device that rings; else the page tells how to get one.
    pub has_device: bool,
}

impl PageParts for NotificationsPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-notices" => self.as_more_notices().render(),
            _ => self.as_notices().render(),
        }
    }
}

/// One line: what happened, and why this person was told.
#[derive(Debug, Clone)]
pub struct Notice {
    pub id: NotificationId,
    pub kind: NotificationKind,
    pub conversation_id: ConversationId,
    /// "Karen Fields", "Dana assigned you Karen Fields".
    pub title: String,
    /// The client's words; none once the conversation is out of sight.
    pub text: Option<String>,
    /// "Nobody is assigned and you see all conversations".
    pub reason: String,
    /// False once the conversation is out of sight: the line stays, the link goes.
    pub has_link: bool,
    pub unread: bool,
    pub time: TimeLabel,
}

impl Notice {
    pub fn icon(&self) -> &'static str {
        match self.kind {
            NotificationKind::Inbound => "message-circle",
            NotificationKind::Assigned => "user-plus",
            NotificationKind::Removed => "user-minus",
            NotificationKind::Failed => "circle-alert",
            NotificationKind::Skipped => "circle-alert",
        }
    }
}
