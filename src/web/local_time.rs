//! Times as `<input type=datetime-local>` writes them: a date and a clock, on somebody's wall.

use chrono::{Datelike as _, NaiveDateTime};
use chrono_tz::Tz;

use crate::automation::local;

const FORMAT: &str = "%Y-%m-%dT%H:%M";

/// What stands in the field.
pub fn written(at: NaiveDateTime, zone: Tz) -> String {
    on_the_wall(local::wall_clock(at, zone))
}

/// The same for a time that is one of that clock already.
pub fn on_the_wall(shown: NaiveDateTime) -> String {
    shown.format(FORMAT).to_string()
}

/// What was typed, as that clock shows it; none for what is no such time.
pub fn read(typed: &str) -> Option<NaiveDateTime> {
    let typed = typed.trim();
    NaiveDateTime::parse_from_str(typed, FORMAT)
        .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S"))
        .ok()
        .filter(|shown| (1970..2100).contains(&shown.year()))
}
