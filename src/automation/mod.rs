//! Pure: when an automatic text may leave, and what a clock on a wall means. Facts in, decision out; time is a
//! parameter. Knows the values of the domain and the calendar, and neither databases nor pages.

pub mod local;
mod quiet_hours;

pub use quiet_hours::{DAY, QuietHours, RangeError};
