use std::fmt;

use chrono::NaiveDateTime;

use super::super::{ClientId, ConversationId, MessageId};
use super::TriggerKind;

/// Once for each of these an automation runs, whatever restarts or comes twice. Stored as its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occurrence {
    ClientCreated {
        client: ClientId,
    },
    /// `activity`: the line of the record's history that tells of the change.
    LeadStatus {
        client: ClientId,
        activity: i64,
    },
    Appointment {
        client: ClientId,
        at: NaiveDateTime,
    },
    /// Since then we wait for the client.
    NoReply {
        conversation: ConversationId,
        since: NaiveDateTime,
    },
    /// Since then the client waits for us.
    Unanswered {
        conversation: ConversationId,
        since: NaiveDateTime,
    },
    FirstText {
        conversation: ConversationId,
    },
    Keyword {
        message: MessageId,
    },
}

impl Occurrence {
    /// From its words; None for what this version does not know.
    pub fn parse(words: &str) -> Option<Self> {
        let (kind, about) = words.split_once(':')?;
        let (what, detail) = about.split_once(':').unwrap_or((about, ""));
        let (noun, id) = what.split_once(' ')?;
        let id = id.parse().ok()?;
        let at = || detail.parse().ok();
        Some(match (kind.parse().ok()?, noun) {
            (TriggerKind::ClientCreated, "client") => Self::ClientCreated { client: id },
            (TriggerKind::LeadStatus, "client") => {
                Self::LeadStatus { client: id, activity: detail.strip_prefix("activity ")?.parse().ok()? }
            }
            (TriggerKind::Appointment, "client") => Self::Appointment { client: id, at: at()? },
            (TriggerKind::NoReply, "conversation") => Self::NoReply { conversation: id, since: at()? },
            (TriggerKind::Unanswered, "conversation") => Self::Unanswered { conversation: id, since: at()? },
            (TriggerKind::FirstText, "conversation") => Self::FirstText { conversation: id },
            (TriggerKind::Keyword, "message") => Self::Keyword { message: id },
            _ => return None,
        })
    }

    pub const fn kind(&self) -> TriggerKind {
        match self {
            Self::ClientCreated { .. } => TriggerKind::ClientCreated,
            Self::LeadStatus { .. } => TriggerKind::LeadStatus,
            Self::Appointment { .. } => TriggerKind::Appointment,
            Self::NoReply { .. } => TriggerKind::NoReply,
            Self::Unanswered { .. } => TriggerKind::Unanswered,
            Self::FirstText { .. } => TriggerKind::FirstText,
            Self::Keyword { .. } => TriggerKind::Keyword,
        }
    }

    /// The record it is about; the others are about a conversation, whosever it is.
    pub const fn client(&self) -> Option<ClientId> {
        match self {
            Self::ClientCreated { client } | Self::LeadStatus { client, .. } | Self::Appointment { client, .. } => {
                Some(*client)
            }
            _ => None,
        }
    }

    pub const fn appointment_at(&self) -> Option<NaiveDateTime> {
        match self {
            Self::Appointment { at, .. } => Some(*at),
            _ => None,
        }
    }
}

impl fmt::Display for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::ClientCreated { client } => write!(f, "{kind}:client {client}"),
            Self::LeadStatus { client, activity } => write!(f, "{kind}:client {client}:activity {activity}"),
            Self::Appointment { client, at } => write!(f, "{kind}:client {client}:{at:?}"),
            Self::NoReply { conversation, since } | Self::Unanswered { conversation, since } => {
                write!(f, "{kind}:conversation {conversation}:{since:?}")
            }
            Self::FirstText { conversation } => write!(f, "{kind}:conversation {conversation}"),
            Self::Keyword { message } => write!(f, "{kind}:message {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_occurrence_is_read_from_its_words() {
        let at = "2026-11-26T16:00:00".parse().unwrap();
        let since = "2026-11-26T16:00:00.000012".parse().unwrap();
        for (occurrence, words) in [
            (Occurrence::ClientCreated { client: 7 }, "client_created:client 7"),
            (Occurrence::LeadStatus { client: 7, activity: 12 }, "lead_status:client 7:activity 12"),
            (Occurrence::Appointment { client: 7, at }, "appointment:client 7:2026-11-26T16:00:00"),
            (Occurrence::NoReply { conversation: 9, since: at }, "no_reply:conversation 9:2026-11-26T16:00:00"),
            (Occurrence::Unanswered { conversation: 9, since }, "unanswered:conversation 9:2026-11-26T16:00:00.000012"),
            (Occurrence::FirstText { conversation: 9 }, "first_text:conversation 9"),
            (Occurrence::Keyword { message: 31 }, "keyword:message 31"),
        ] {
            assert_eq!(occurrence.to_string(), words);
            assert_eq!(Occurrence::parse(words), Some(occurrence), "{words}");
        }
        for words in ["", "keyword", "keyword:client 3", "appointment:client 7:soon", "moon:client 7"] {
            assert_eq!(Occurrence::parse(words), None, "{words}");
        }
    }
}
