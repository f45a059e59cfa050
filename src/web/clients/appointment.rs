//! Between an appointment in UTC and the clock on the client's wall.

use chrono::{Datelike as _, NaiveDateTime};
use chrono_tz::Tz;

use crate::automation::local;
use crate::services::{Done, Error};

/// As `<input type=datetime-local>` writes it.
const FORMAT: &str = "%Y-%m-%dT%H:%M";

/// What stands in the field.
pub fn written(at: Option<NaiveDateTime>, zone: Tz) -> String {
    at.map(|at| local::wall_clock(at, zone).format(FORMAT).to_string()).unwrap_or_default()
}

/// What was typed, in UTC. Of an hour that comes twice, when clocks go back, the earlier one; `before` stays as it is
/// as long as it reads the same.
pub fn read(typed: &str, zone: Tz, before: Option<NaiveDateTime>) -> Done<Option<NaiveDateTime>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if before.is_some() && written(before, zone) == typed {
        return Ok(before);
    }
    let shown = NaiveDateTime::parse_from_str(typed, FORMAT)
        .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S"))
        .ok()
        .filter(|shown| (1970..2100).contains(&shown.year()));
    let Some(shown) = shown else {
        return invalid("Enter the appointment as a date and a time, or leave it empty.".to_owned());
    };
    if !local::exists(shown, zone) {
        return invalid(format!(
            "Clocks go forward then: {} does not exist in {}. Choose another time for the appointment.",
            shown.format("%-d %B %Y, %H:%M"),
            zone.name(),
        ));
    }
    Ok(Some(local::instant(shown, zone)))
}

fn invalid<T>(why: String) -> Done<T> {
    Err(Error::Invalid(why))
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Denver;

    use super::*;

    fn utc(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn an_appointment_is_on_the_clients_clock() {
        assert_eq!(read("2026-12-01T14:00", Denver, None).unwrap(), Some(utc("2026-12-01T21:00:00")));
        assert_eq!(read("2026-07-01T14:00:30", Denver, None).unwrap(), Some(utc("2026-07-01T20:00:30")));
        assert_eq!(written(Some(utc("2026-12-01T21:00:00")), Denver), "2026-12-01T14:00");
        assert_eq!((read(" ", Denver, None).unwrap(), written(None, Denver)), (None, String::new()));
    }

    #[test]
    fn a_time_that_does_not_exist_is_refused_and_of_two_the_earlier_is_meant() {
        let why = read("2027-03-14T02:30", Denver, None).unwrap_err().to_string();
        assert!(why.contains("14 March 2027, 02:30 does not exist in America/Denver"), "{why}");
        assert_eq!(read("2026-11-01T01:30", Denver, None).unwrap(), Some(utc("2026-11-01T07:30:00")));
    }

    #[test]
    fn what_reads_the_same_stays_to_the_second() {
        let later = Some(utc("2026-11-01T08:30:12"));
        assert_eq!(read(&written(later, Denver), Denver, later).unwrap(), later);
    }

    #[test]
    fn nonsense_is_refused() {
        for nonsense in ["tomorrow", "2026-13-01T10:00", "0001-01-01T10:00", "275760-01-01T10:00", "2026-12-01"] {
            assert!(read(nonsense, Denver, None).is_err(), "{nonsense}");
        }
    }
}
