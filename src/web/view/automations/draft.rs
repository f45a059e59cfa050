use crate::domain::{Assignee, ConditionKind, LeadStatusId, NumberId, PositionId, TriggerKind, UserId, WaitUnit};
use crate::web::view::settings::Preview;

/// An automation as the form shows it: what is stored, with what was filled in on top.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub name: String,
    /// Which version of it was looked at.
    pub version: Option<i64>,
    pub trigger: TriggerDraft,
    pub conditions: Vec<ConditionDraft>,
    pub steps: Vec<StepDraft>,
    pub stop_on_reply: bool,
    pub number: Option<NumberId>,
}

/// The parameters of all kinds; those of the others are ignored.
#[derive(Debug, Clone, Default)]
pub struct TriggerDraft {
    pub kind: Option<TriggerKind>,
    pub to: Option<LeadStatusId>,
    /// None: from any.
    pub from: Option<LeadStatusId>,
    pub count: String,
    pub unit: Option<WaitUnit>,
    pub before: bool,
    pub keyword: String,
}

#[derive(Debug, Clone, Default)]
pub struct ConditionDraft {
    pub kind: Option<ConditionKind>,
    pub status: Option<LeadStatusId>,
    pub source: String,
    pub position: Option<PositionId>,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Default)]
pub struct StepDraft {
    pub count: String,
    pub unit: Option<WaitUnit>,
    pub body: String,
    pub push: bool,
    pub assignees: Vec<Assignee>,
    pub preview: Preview,
}

impl Draft {
    pub fn has_number(&self, id: &NumberId) -> bool {
        self.number == Some(*id)
    }
}

impl TriggerDraft {
    pub fn is(&self, kind: &TriggerKind) -> bool {
        self.kind == Some(*kind)
    }

    pub fn is_to(&self, id: &LeadStatusId) -> bool {
        self.to == Some(*id)
    }

    pub fn is_from(&self, id: &LeadStatusId) -> bool {
        self.from == Some(*id)
    }

    pub fn in_unit(&self, unit: &WaitUnit) -> bool {
        self.unit == Some(*unit)
    }
}

impl ConditionDraft {
    pub fn is(&self, kind: &ConditionKind) -> bool {
        self.kind == Some(*kind)
    }

    pub fn has_status(&self, id: &LeadStatusId) -> bool {
        self.status == Some(*id)
    }

    pub fn has_position(&self, id: &PositionId) -> bool {
        self.position == Some(*id)
    }
}

impl StepDraft {
    pub fn in_unit(&self, unit: &WaitUnit) -> bool {
        self.unit == Some(*unit)
    }

    pub fn assigns_position(&self, id: &PositionId) -> bool {
        self.assignees.contains(&Assignee::Position(*id))
    }

    pub fn assigns_user(&self, id: &UserId) -> bool {
        self.assignees.contains(&Assignee::User(*id))
    }
}
