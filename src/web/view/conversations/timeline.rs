use super::Message;
use crate::domain::TimelineKind;
use crate::web::view::TimeLabel;

/// One thing in a thread, from top to bottom.
#[derive(Debug, Clone)]
pub enum Entry {
    /// "Today", "Tuesday, November 3".
    Day(TimeLabel),
    /// From here on it is new to this person.
    New,
    Message(Box<Message>),
    Happening(Happening),
}

/// What happened between the texts.
#[derive(Debug, Clone)]
pub struct Happening {
    pub kind: TimelineKind,
    /// "Dana assigned Michael Scott".
    pub text: String,
    pub time: TimeLabel,
}

impl Happening {
    pub fn icon(&self) -> &'static str {
        match self.kind {
            TimelineKind::Assigned => "user-plus",
            TimelineKind::Unassigned => "user-minus",
            TimelineKind::Closed => "archive",
            TimelineKind::Reopened => "archive-restore",
            TimelineKind::OptedOut | TimelineKind::Blocked => "ban",
            TimelineKind::ScheduledCancelled => "clock",
            TimelineKind::OptedIn | TimelineKind::Unblocked => "shield-check",
        }
    }
}
