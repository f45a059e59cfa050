use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::domain::{
    AutomationId, AutomationRunId, HandOverId, ImportId, ImportState, LeadStatusId, MessageId, NotificationId,
    PositionId, SubscriptionId, UserId,
};
use crate::store::jobs::{self, NewJob};
use crate::store::{StoreError, Stored, Writer};

/// Something to be done outside of the database, after the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    SendText {
        message: MessageId,
    },
    Push {
        notification: NotificationId,
        subscription: SubscriptionId,
    },
    TestPush {
        subscription: SubscriptionId,
    },
    /// What a deactivated user held goes to somebody else, or is given up.
    HandOver {
        hand_over: HandOverId,
    },
    RemovePosition {
        position: PositionId,
        /// Who deleted it; jobs of older versions do not say.
        #[serde(default)]
        by: Option<UserId>,
    },
    RemoveLeadStatus {
        status: LeadStatusId,
        heir: LeadStatusId,
        #[serde(default)]
        by: Option<UserId>,
    },
    /// The next rows of an import, from a line on. One that is not at that line any more has done this already.
    Import {
        import: ImportId,
        state: ImportState,
        reached: i64,
    },
    /// The next step of a run, whichever that is by then.
    AutomationStep {
        run: AutomationRunId,
    },
    /// It is on again: its runs that wait go on, those after one first.
    ResumeAutomation {
        automation: AutomationId,
        after: AutomationRunId,
    },
}

impl Job {
    pub const SEND_TEXT: &str = "send_text";
    pub const PUSH: &str = "push";
    pub const TEST_PUSH: &str = "test_push";
    pub const HAND_OVER: &str = "hand_over";
    pub const REMOVE_POSITION: &str = "remove_position";
    pub const REMOVE_LEAD_STATUS: &str = "remove_lead_status";
    pub const IMPORT: &str = "import";
    pub const AUTOMATION_STEP: &str = "automation_step";
    pub const RESUME_AUTOMATION: &str = "resume_automation";

    fn kind(self) -> &'static str {
        match self {
            Self::SendText { .. } => Self::SEND_TEXT,
            Self::Push { .. } => Self::PUSH,
            Self::TestPush { .. } => Self::TEST_PUSH,
            Self::HandOver { .. } => Self::HAND_OVER,
            Self::RemovePosition { .. } => Self::REMOVE_POSITION,
            Self::RemoveLeadStatus { .. } => Self::REMOVE_LEAD_STATUS,
            Self::Import { .. } => Self::IMPORT,
            Self::AutomationStep { .. } => Self::AUTOMATION_STEP,
            Self::ResumeAutomation { .. } => Self::RESUME_AUTOMATION,
        }
    }

    /// At most one job of a key waits.
    fn dedupe_key(self) -> String {
        match self {
            Self::SendText { message } => format!("send_text:{message}"),
            Self::Push { notification, subscription } => format!("push:{notification}:{subscription}"),
            Self::TestPush { subscription } => format!("test_push:{subscription}"),
            Self::HandOver { hand_over } => format!("hand_over:{hand_over}"),
            Self::RemovePosition { position, .. } => format!("remove_position:{position}"),
            Self::RemoveLeadStatus { status, .. } => format!("remove_lead_status:{status}"),
            Self::Import { import, state, reached } => format!("import:{import}:{state}:{reached}"),
            Self::AutomationStep { run } => format!("automation_step:{run}"),
            Self::ResumeAutomation { automation, after } => format!("resume_automation:{automation}:{after}"),
        }
    }

    pub fn enqueue(self, tx: &mut Writer<'_>, run_at: NaiveDateTime, now: NaiveDateTime) -> Stored<()> {
        let payload = serde_json::to_string(&self).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let dedupe_key = self.dedupe_key();
        jobs::insert(tx, &NewJob { kind: self.kind(), payload: &payload, dedupe_key: Some(&dedupe_key), run_at }, now)?;
        Ok(())
    }

    pub fn parse(payload: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(payload)
    }
}
