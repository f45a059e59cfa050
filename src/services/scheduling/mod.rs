//! Texts that are sent later: scheduled, cancelled, sent or skipped when their time comes.
//!
//! What waits is a row of its own. It becomes a message, and its author is assigned, only when it is sent.

mod cancel;
mod come_due;
mod schedule;

pub use cancel::cancel_scheduled;
pub(super) use cancel::{cancel_for_reply, skip_those_of};
pub use come_due::{come_due, send_now};
pub use schedule::{Later, schedule_text};
