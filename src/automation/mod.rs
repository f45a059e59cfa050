//! Pure: from a trigger and the facts to what is to be done: when an automatic text leaves, what it says, whom it
//! assigns, or why not. Facts in, decision out; time is a parameter. Knows the values of the domain and the calendar,
//! and neither databases nor pages.

mod clockwork;
mod conditions;
mod deciding;
mod due;
mod introducing;
pub mod local;
mod mornings;
mod quiet_hours;
mod whom;

pub use clockwork::Clockwork;
pub use conditions::{Circumstances, unmet};
pub use deciding::{Decision, GRACE, Moment, PACE, Phone, Subject, decide};
pub use due::{after, before};
pub use introducing::introduced;
pub use mornings::mornings;
pub use quiet_hours::{DAY, QuietHours, RangeError};
pub use whom::{Outcome, whom};
