//! Automations as they are configured: when, for whom, what is sent, who gets assigned.

mod definition;
mod occurrence;
mod running;
mod wait;

pub use definition::{Assignee, Condition, ConditionKind, Definition, Step, Trigger, TriggerKind};
pub use occurrence::Occurrence;
pub use running::{AutomationEvent, RunState, WhyNot};
pub use wait::{Wait, WaitUnit};
