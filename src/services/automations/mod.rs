//! Automations at work: what begins a run, what its next step does, what follows once its text was accepted.
//!
//! `crate::automation` decides; here its facts are looked up, and what it decided is carried out.

mod accepted;
mod begin;
mod calendar;
mod facts;
mod happened;
mod lines;
mod outcome;
mod replied;
mod resume;
mod send_step;
mod take_step;

pub(super) use accepted::accepted;
pub use begin::{About, begin, first_due};
pub use calendar::Calendar;
pub use facts::{Asked, Situation};
pub use happened::{Happening, Text, happened};
pub(super) use outcome::{Hindrance, fate_unknown, hindrance, not_sent};
pub use replied::end_by_hand;
pub(super) use replied::replied;
pub use resume::{resume, resume_some};
pub use take_step::take_step;
