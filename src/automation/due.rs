use chrono::{Days, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::local::{instant, wall_clock};
use crate::domain::{Wait, WaitUnit};

/// So long after an instant. Days are of the calendar: the clock on the client's wall shows the same time, whatever
/// happens to it in between.
pub fn after(at: NaiveDateTime, wait: Wait, zone: Tz) -> NaiveDateTime {
    moved(at, wait, zone, false).max(at)
}

/// So long before an instant.
pub fn before(at: NaiveDateTime, wait: Wait, zone: Tz) -> NaiveDateTime {
    moved(at, wait, zone, true).min(at)
}

fn moved(at: NaiveDateTime, wait: Wait, zone: Tz, back: bool) -> NaiveDateTime {
    let count = wait.count.clamp(0, Wait::MOST);
    let exactly = |by: TimeDelta| if back { at.checked_sub_signed(by) } else { at.checked_add_signed(by) };
    let moved = match wait.unit {
        WaitUnit::Minutes => exactly(TimeDelta::minutes(count)),
        WaitUnit::Hours => exactly(TimeDelta::hours(count)),
        WaitUnit::Days => {
            let (local, days) = (wall_clock(at, zone), Days::new(count.unsigned_abs()));
            let there = if back { local.checked_sub_days(days) } else { local.checked_add_days(days) };
            there.map(|local| instant(local, zone))
        }
    };
    moved.unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Denver, Tz};

    use super::*;

    fn at(time: &str) -> NaiveDateTime {
        time.parse().unwrap()
    }

    fn wait(count: i64, unit: WaitUnit) -> Wait {
        Wait { count, unit }
    }

    #[test]
    fn days_keep_the_time_on_the_wall_and_hours_do_not() {
        // In Denver the clocks go forward on 2026-03-08 and back on 2026-11-01
        for (name, start, wait, then) in [
            ("a day over the night in March", "2026-03-07T17:00:00", wait(1, WaitUnit::Days), "2026-03-08T16:00:00"),
            ("24 hours over it", "2026-03-07T17:00:00", wait(24, WaitUnit::Hours), "2026-03-08T17:00:00"),
            ("a day over the night in November", "2026-10-31T16:00:00", wait(1, WaitUnit::Days), "2026-11-01T17:00:00"),
            ("into the hour that never comes", "2026-03-07T09:30:00", wait(1, WaitUnit::Days), "2026-03-08T09:00:00"),
            ("into the hour that comes twice", "2026-10-31T07:30:00", wait(1, WaitUnit::Days), "2026-11-01T07:30:00"),
            ("minutes", "2026-06-01T12:00:00", wait(90, WaitUnit::Minutes), "2026-06-01T13:30:00"),
        ] {
            assert_eq!(after(at(start), wait, Denver), at(then), "{name}");
        }
        assert_eq!(before(at("2026-03-08T16:00:00"), wait(1, WaitUnit::Days), Denver), at("2026-03-07T17:00:00"));
        assert_eq!(before(at("2026-06-02T12:00:00"), wait(2, WaitUnit::Hours), Tz::UTC), at("2026-06-02T10:00:00"));
    }

    #[test]
    fn nothing_is_no_wait_and_the_end_of_the_calendar_is_no_panic() {
        assert_eq!(after(at("2026-06-01T12:00:00"), Wait::NONE, Denver), at("2026-06-01T12:00:00"));
        for unit in WaitUnit::ALL {
            let most = wait(i64::MAX, *unit);
            assert!(after(NaiveDateTime::MAX, most, Denver) <= NaiveDateTime::MAX);
            assert!(before(NaiveDateTime::MIN, most, Denver) >= NaiveDateTime::MIN);
        }
    }
}
