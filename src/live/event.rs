use std::fmt;

use crate::domain::text_enum;

text_enum! {
    /// The `event:` names of `GET /events`.
    pub enum EventName {
        /// A conversation changed; the data is its id.
        Conversation = "conversation",
        /// This person's notifications, or their count, changed.
        Notifications = "notifications",
        /// What this person may do changed.
        Permissions = "permissions",
        /// Something was missed: ask for everything again.
        Resync = "resync",
    }
}

/// One thing a tab is told: what changed, never its content.
///
/// `Display` writes it as a frame of `text/event-stream`. There is always a `data:` line:
/// browsers drop events that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Grows with every event of this process.
    pub id: u64,
    pub name: EventName,
    /// The id of what changed, where there is one.
    pub data: Option<i64>,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id: {}\nevent: {}\n", self.id, self.name)?;
        match self.data {
            Some(id) => write!(f, "data: {{\"id\":{id}}}\n\n"),
            None => f.write_str("data: {}\n\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_id_name_and_data_and_ends_with_an_empty_line() {
        let event = Event { id: 9, name: EventName::Conversation, data: Some(7) };
        assert_eq!(event.to_string(), "id: 9\nevent: conversation\ndata: {\"id\":7}\n\n");
    }

    #[test]
    fn an_event_without_an_id_still_has_data_so_that_browsers_pass_it_on() {
        let event = Event { id: 1, name: EventName::Resync, data: None };
        assert_eq!(event.to_string(), "id: 1\nevent: resync\ndata: {}\n\n");
    }
}
