use super::super::{LeadStatusId, NumberId, PositionId, UserId, text_enum};
use super::Wait;

text_enum! {
    /// What begins a run.
    pub enum TriggerKind {
        ClientCreated = "client_created",
        LeadStatus = "lead_status",
        Appointment = "appointment",
        NoReply = "no_reply",
        Unanswered = "unanswered",
        FirstText = "first_text",
        Keyword = "keyword",
    }
}

/// What begins a run, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// Somebody entered a client. Those of an imported file begin nothing.
    ClientCreated,
    /// Somebody gave a client this lead status, from any other or from one.
    LeadStatus { to: LeadStatusId, from: Option<LeadStatusId> },
    /// So long before or after the appointment on the record.
    Appointment { wait: Wait, before: bool },
    /// The client has not answered for so long what a person of ours wrote.
    NoReply { wait: Wait },
    /// No person of ours has answered the client for so long.
    Unanswered { wait: Wait },
    /// A phone that is on no record texts for the first time.
    FirstText,
    /// A text that is this word and nothing else, whatever its case and punctuation.
    Keyword { word: String },
}

impl Trigger {
    pub const fn kind(&self) -> TriggerKind {
        match self {
            Self::ClientCreated => TriggerKind::ClientCreated,
            Self::LeadStatus { .. } => TriggerKind::LeadStatus,
            Self::Appointment { .. } => TriggerKind::Appointment,
            Self::NoReply { .. } => TriggerKind::NoReply,
            Self::Unanswered { .. } => TriggerKind::Unanswered,
            Self::FirstText => TriggerKind::FirstText,
            Self::Keyword { .. } => TriggerKind::Keyword,
        }
    }
}

text_enum! {
    pub enum ConditionKind {
        LeadStatus = "lead_status",
        LeadSource = "lead_source",
        PositionHeld = "position_held",
        PositionEmpty = "position_empty",
        TimeOfDay = "time_of_day",
        TextedBefore = "texted_before",
        NeverTexted = "never_texted",
    }
}

/// What has to be true when the run begins and again before each text. Several lead statuses mean one of them, and so do
/// several sources; everything else has to hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    LeadStatus(LeadStatusId),
    /// Whatever its case.
    LeadSource(String),
    PositionHeld(PositionId),
    PositionEmpty(PositionId),
    /// When the run began it was between these minutes of the client's day; `from` may be the later one, over midnight.
    TimeOfDay {
        from: u32,
        to: u32,
    },
    /// We have sent this phone a text before the run began.
    TextedBefore,
    NeverTexted,
}

impl Condition {
    pub const fn kind(&self) -> ConditionKind {
        match self {
            Self::LeadStatus(_) => ConditionKind::LeadStatus,
            Self::LeadSource(_) => ConditionKind::LeadSource,
            Self::PositionHeld(_) => ConditionKind::PositionHeld,
            Self::PositionEmpty(_) => ConditionKind::PositionEmpty,
            Self::TimeOfDay { .. } => ConditionKind::TimeOfDay,
            Self::TextedBefore => ConditionKind::TextedBefore,
            Self::NeverTexted => ConditionKind::NeverTexted,
        }
    }
}

/// Whom a step assigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assignee {
    /// Whoever holds it on the record when the text was accepted.
    Position(PositionId),
    User(UserId),
}

/// Wait, then text, then assign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Since the step before; since the trigger for the first one.
    pub wait: Wait,
    /// With merge fields.
    pub body: String,
    /// Whether those it assigns are pushed beside the notification in the app.
    pub push: bool,
    pub assignees: Vec<Assignee>,
}

/// A whole automation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub name: String,
    pub trigger: Trigger,
    pub conditions: Vec<Condition>,
    pub steps: Vec<Step>,
    pub stop_on_reply: bool,
    /// From which number of ours a conversation begins where there is none; None: the first one.
    pub number: Option<NumberId>,
}
