//! Automations: the list, the editor, the dry run, the log.

mod draft;
mod dry_run;
mod editor;
mod list;
mod log;

pub use draft::{ConditionDraft, Draft, StepDraft, TriggerDraft};
pub use dry_run::{DryRunPage, FoundClient, TriedStep, Whom};
pub use editor::{Choices, EditorPage, FaultLine, PersonChoice, in_short};
pub use list::{AutomationRow, AutomationsPage, RunCount};
pub use log::{LogFilter, LogLine, LogPage};
