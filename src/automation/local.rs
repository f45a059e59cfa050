//! Between an instant in UTC and the clock on the wall of a time zone.

use chrono::{DateTime, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::Tz;

#[cfg(test)]
mod tests;

/// What the clock shows at that instant.
pub fn wall_clock(at: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    at.checked_add_offset(zone.offset_from_utc_datetime(&at).fix()).unwrap_or(at)
}

/// The instant at which the clock shows `local`, in UTC. A time that comes twice, when clocks go back, is the earlier
/// one. A time that never comes, when they go forward, is the first instant after the gap.
pub fn instant(local: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    match zone.from_local_datetime(&local).earliest() {
        Some(at) => at.naive_utc(),
        None => end_of_gap(local, zone),
    }
}

/// Whether the clock ever shows it.
pub fn exists(local: NaiveDateTime, zone: Tz) -> bool {
    wall_clock(instant(local, zone), zone) == local
}

/// Bisects between an instant whose clock is surely behind `local` and one whose clock is surely past it: no zone is a
/// day away from UTC, and no gap was longer than one.
fn end_of_gap(local: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    let read_as_utc = local.and_utc().timestamp();
    let (mut behind, mut past) = (read_as_utc - 3 * 24 * 3600, read_as_utc + 3 * 24 * 3600);
    while past - behind > 1 {
        let middle = i64::midpoint(behind, past);
        if wall_clock(at_second(middle), zone) < local {
            behind = middle;
        } else {
            past = middle;
        }
    }
    at_second(past)
}

pub(super) fn at_second(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).map_or(NaiveDateTime::MAX, |at| at.naive_utc())
}
