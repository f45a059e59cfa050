use askama::Template;

use crate::domain::{AutomationEvent, AutomationId, AutomationRunId, ClientId};
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /automations/log`.
#[derive(Debug, Clone, Template)]
#[template(path = "automations/log.html", blocks = ["more_lines"])]
pub struct LogPage {
    pub shell: Shell,
    pub filter: LogFilter,
    pub automations: Vec<(AutomationId, String)>,
    pub events: Vec<(AutomationEvent, &'static str)>,
    pub lines: Vec<LogLine>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    pub automation: Option<AutomationId>,
    pub run: Option<AutomationRunId>,
    pub event: Option<AutomationEvent>,
}

impl LogFilter {
    pub fn is_automation(&self, id: &AutomationId) -> bool {
        self.automation == Some(*id)
    }

    pub fn is_event(&self, event: &AutomationEvent) -> bool {
        self.event == Some(*event)
    }

    pub fn is_empty(&self) -> bool {
        self.automation.is_none() && self.run.is_none() && self.event.is_none()
    }
}

#[derive(Debug, Clone)]
pub struct LogLine {
    pub id: i64,
    pub event: AutomationEvent,
    pub automation_id: AutomationId,
    pub automation: String,
    /// It is deleted: there is no page of it.
    pub archived: bool,
    pub run: AutomationRunId,
    /// "Step 2: skipped".
    pub what: String,
    /// The reason, in a sentence; may be empty.
    pub why: String,
    /// Whom it was for; only if this person may open the record.
    pub client: Option<(ClientId, String)>,
    /// It was for a client whom they may not open.
    pub hidden_client: bool,
    /// Where it is, if they may read it.
    pub conversation: Option<String>,
    pub time: TimeLabel,
}

impl PageParts for LogPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_more_lines().render()
    }
}
