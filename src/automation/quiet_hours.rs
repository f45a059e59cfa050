//! The hours in which no automatic text leaves, on the client's clock.

use chrono::{Datelike as _, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Timelike as _, Weekday};
use chrono_tz::Tz;

use super::local::{at_second, wall_clock};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

/// Minutes of a day; texts may leave until then at most.
pub const DAY: u16 = 24 * 60;

/// When automatic texts may leave: from the first minute until just before the second, in minutes of the local day.
/// All the rest is quiet. Every day has hours in which they may, so that nothing is deferred for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    weekdays: (u16, u16),
    sunday: (u16, u16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    #[error("On weekdays, texts must be allowed from an earlier time until a later one on the same day.")]
    Weekdays,
    #[error("On Sundays, texts must be allowed from an earlier time until a later one on the same day.")]
    Sunday,
}

/// 9:00–20:00, on Sundays 12:00–20:00.
impl Default for QuietHours {
    fn default() -> Self {
        Self { weekdays: (9 * 60, 20 * 60), sunday: (12 * 60, 20 * 60) }
    }
}

impl QuietHours {
    /// Weekdays are Monday to Saturday.
    pub fn new(weekdays: (u16, u16), sunday: (u16, u16)) -> Result<Self, RangeError> {
        let holds = |(open, close): (u16, u16)| open < close && close <= DAY;
        match (holds(weekdays), holds(sunday)) {
            (false, _) => Err(RangeError::Weekdays),
            (_, false) => Err(RangeError::Sunday),
            _ => Ok(Self { weekdays, sunday }),
        }
    }

    /// From and until when texts may leave on Monday to Saturday.
    pub fn weekdays(&self) -> (u16, u16) {
        self.weekdays
    }

    /// From and until when texts may leave on Sundays.
    pub fn sunday(&self) -> (u16, u16) {
        self.sunday
    }

    /// Whether automatic texts wait at that instant.
    pub fn is_quiet(&self, at_utc: NaiveDateTime, zone: Tz) -> bool {
        self.wait(wall_clock(at_utc, zone)).is_some()
    }

    /// That instant if it is allowed, else the first one after it that is.
    pub fn next_allowed(&self, at_utc: NaiveDateTime, zone: Tz) -> NaiveDateTime {
        let mut at = at_utc;
        // A step an hour; no stretch is quiet for two weeks, even where a day is skipped
        for _ in 0..14 * 24 {
            let Some(wait) = self.wait(wall_clock(at, zone)) else { return at };
            at = forward(at, wait.min(TimeDelta::hours(1)), zone);
        }
        at
    }

    /// How long until it may be different, if the clock runs on; none while texts may leave. At most to midnight, where
    /// another day begins.
    fn wait(&self, local: NaiveDateTime) -> Option<TimeDelta> {
        let (open, close) = if local.weekday() == Weekday::Sun { self.sunday } else { self.weekdays };
        let since_midnight = local.time().signed_duration_since(chrono::NaiveTime::MIN);
        let minute = local.hour() * 60 + local.minute();
        if minute < open.into() {
            Some(TimeDelta::minutes(open.into()) - since_midnight)
        } else if minute < close.into() {
            None
        } else {
            Some(TimeDelta::minutes(DAY.into()) - since_midnight)
        }
    }
}

/// So much later, but not past the instant at which the clocks are changed: there they may show anything.
fn forward(at: NaiveDateTime, by: TimeDelta, zone: Tz) -> NaiveDateTime {
    let offset = |at: NaiveDateTime| zone.offset_from_utc_datetime(&at).fix();
    let Some(later) = at.checked_add_signed(by) else { return NaiveDateTime::MAX };
    if offset(later) == offset(at) {
        return later;
    }
    let (mut same, mut changed) = (at.and_utc().timestamp(), later.and_utc().timestamp());
    while changed - same > 1 {
        let middle = i64::midpoint(same, changed);
        if offset(at_second(middle)) == offset(at) {
            same = middle;
        } else {
            changed = middle;
        }
    }
    at_second(changed)
}
