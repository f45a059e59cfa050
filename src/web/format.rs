//! Times as people write them, in the zone of the company. The clock comes from the caller.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveDateTime, TimeZone as _};
use chrono_tz::Tz;

/// For a row of a list: "now", "5 min", "14:05", "Yesterday", "Mon", "3 Mar", "3 Mar 2025".
///
/// A time in the future (another machine's clock) is "now" for a minute, then a date like others.
pub fn relative(now: NaiveDateTime, then: NaiveDateTime, zone: Tz) -> String {
    let age = now - then;
    if age.abs() < Duration::minutes(1) {
        return "now".to_owned();
    }
    if (1..60).contains(&age.num_minutes()) {
        return format!("{} min", age.num_minutes());
    }
    let (today, local) = (date(now, zone), at(then, zone));
    match (today - local.date_naive()).num_days() {
        0 => clock(then, zone),
        1 => "Yesterday".to_owned(),
        2..=6 => local.format("%a").to_string(),
        _ if local.year() == today.year() => local.format("%-d %b").to_string(),
        _ => local.format("%-d %b %Y").to_string(),
    }
}

/// "14:05".
pub fn clock(then: NaiveDateTime, zone: Tz) -> String {
    at(then, zone).format("%H:%M").to_string()
}

/// For the divider between days: "Today", "Yesterday", "Monday 3 March", "Monday 3 March 2025".
pub fn day_label(now: NaiveDateTime, then: NaiveDateTime, zone: Tz) -> String {
    let (today, day) = (date(now, zone), date(then, zone));
    match (today - day).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if day.year() == today.year() => day.format("%A %-d %B").to_string(),
        _ => day.format("%A %-d %B %Y").to_string(),
    }
}

/// For something that is still to come: "today 18:00", "tomorrow 09:00", "Tue 09:00", "Tue 8 Dec 09:00".
pub fn ahead(now: NaiveDateTime, then: NaiveDateTime, zone: Tz) -> String {
    let (today, local) = (date(now, zone), at(then, zone));
    let clock = clock(then, zone);
    match (local.date_naive() - today).num_days() {
        0 => format!("today {clock}"),
        1 => format!("tomorrow {clock}"),
        2..=6 => format!("{} {clock}", local.format("%a")),
        _ if local.year() == today.year() => format!("{} {clock}", local.format("%a %-d %b")),
        _ => format!("{} {clock}", local.format("%a %-d %b %Y")),
    }
}

/// "Mon 23:30".
pub fn weekday_clock(then: NaiveDateTime, zone: Tz) -> String {
    at(then, zone).format("%a %H:%M").to_string()
}

/// The same words at the beginning of a sentence.
pub fn beginning_large(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A count that stopped at a hundred: "3", "99+".
pub fn bounded(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// In full, for a tooltip: "Monday 3 March 2025, 14:05".
pub fn in_full(then: NaiveDateTime, zone: Tz) -> String {
    at(then, zone).format("%A %-d %B %Y, %H:%M").to_string()
}

/// For a file that is sorted by it: "2025-03-03 14:05:09".
pub fn on_a_list(then: NaiveDateTime, zone: Tz) -> String {
    at(then, zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// For `<time datetime>`: "2025-03-03T14:05:00Z".
pub fn iso(then: NaiveDateTime) -> String {
    then.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day on the company's calendar; two texts with different days get a divider between them.
pub fn date(then: NaiveDateTime, zone: Tz) -> NaiveDate {
    at(then, zone).date_naive()
}

/// When a day of the company's calendar begins, in UTC. Where the clock skips midnight, the first moment after it.
pub fn beginning_of(day: NaiveDate, zone: Tz) -> NaiveDateTime {
    let hours = (0..24).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    let first = hours.filter_map(|time| zone.from_local_datetime(&time).earliest()).next();
    first.map_or(NaiveDateTime::from(day), |time| time.naive_utc())
}

fn at(then: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    zone.from_utc_datetime(&then)
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::New_York;
    use chrono_tz::UTC;

    use super::*;

    #[test]
    fn a_row_says_when_as_briefly_as_a_person_would() {
        let now = utc("2026-03-12 15:00:00");
        for (then, words) in [
            ("2026-03-12 15:00:30", "now"),
            ("2026-03-12 14:59:01", "now"),
            ("2026-03-12 14:59:00", "1 min"),
            ("2026-03-12 14:00:01", "59 min"),
            ("2026-03-12 14:00:00", "14:00"),
            ("2026-03-12 00:00:00", "00:00"),
            ("2026-03-11 23:59:59", "Yesterday"),
            ("2026-03-10 12:00:00", "Tue"),
            ("2026-03-06 12:00:00", "Fri"),
            ("2026-03-05 12:00:00", "5 Mar"),
            ("2026-01-01 12:00:00", "1 Jan"),
            ("2025-12-31 12:00:00", "31 Dec 2025"),
            ("2026-03-13 12:00:00", "13 Mar"),
            ("2026-03-12 18:30:00", "18:30"),
        ] {
            assert_eq!(relative(now, utc(then), UTC), words, "{then}");
        }
    }

    #[test]
    fn what_is_to_come_is_said_as_people_say_it() {
        let now = utc("2026-11-24 15:00:00");
        for (then, words) in [
            ("2026-11-24 18:00:00", "today 18:00"),
            ("2026-11-25 00:00:00", "tomorrow 00:00"),
            ("2026-11-30 09:00:00", "Mon 09:00"),
            ("2026-12-01 09:00:00", "Tue 1 Dec 09:00"),
            ("2027-11-24 09:00:00", "Wed 24 Nov 2027 09:00"),
            ("2026-11-23 09:00:00", "Mon 23 Nov 09:00"),
        ] {
            assert_eq!(ahead(now, utc(then), UTC), words, "{then}");
        }
        assert_eq!(ahead(utc("2026-11-25 03:00:00"), utc("2026-11-25 14:00:00"), New_York), "tomorrow 09:00");
        assert_eq!(beginning_large("tomorrow 09:00"), "Tomorrow 09:00");
    }

    #[test]
    fn minutes_run_on_past_midnight() {
        let (now, then) = (utc("2026-03-12 00:05:00"), utc("2026-03-11 23:50:00"));
        assert_eq!(relative(now, then, UTC), "15 min");
    }

    #[test]
    fn days_are_those_of_the_company_and_not_of_london() {
        // 01:30 UTC on the 12th is still the evening of the 11th in New York.
        let (now, then) = (utc("2026-03-12 15:00:00"), utc("2026-03-12 01:30:00"));
        assert_eq!(relative(now, then, New_York), "Yesterday");
        assert_eq!(day_label(now, then, New_York), "Yesterday");
        assert_eq!(clock(then, New_York), "21:30");
        assert_eq!(date(then, New_York).to_string(), "2026-03-11");
    }

    #[test]
    fn the_hour_follows_summer_time() {
        // Clocks went forward on 8 March 2026, at 07:00 UTC.
        assert_eq!(clock(utc("2026-03-08 06:59:00"), New_York), "01:59");
        assert_eq!(clock(utc("2026-03-08 07:00:00"), New_York), "03:00");
    }

    #[test]
    fn a_divider_names_the_day() {
        let now = utc("2026-03-12 15:00:00");
        for (then, words) in [
            ("2026-03-12 01:00:00", "Today"),
            ("2026-03-11 01:00:00", "Yesterday"),
            ("2026-03-02 01:00:00", "Monday 2 March"),
            ("2025-03-03 01:00:00", "Monday 3 March 2025"),
        ] {
            assert_eq!(day_label(now, utc(then), UTC), words);
        }
    }

    #[test]
    fn a_day_begins_at_midnight_there_or_as_soon_as_the_clock_allows() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(beginning_of(day("2026-03-08"), New_York), utc("2026-03-08 05:00:00"));
        assert_eq!(beginning_of(day("2026-03-09"), New_York), utc("2026-03-09 04:00:00"));
        // Clocks in Cairo went from 23:59:59 to 01:00:00
        assert_eq!(beginning_of(day("2024-04-26"), chrono_tz::Africa::Cairo), utc("2024-04-25 22:00:00"));
    }

    #[test]
    fn a_machine_and_a_tooltip_get_the_time_in_full() {
        let then = utc("2025-03-03 19:05:00");
        assert_eq!(iso(then), "2025-03-03T19:05:00Z");
        assert_eq!(on_a_list(then, New_York), "2025-03-03 14:05:00");
        assert_eq!(in_full(then, New_York), "Monday 3 March 2025, 14:05");
    }

    fn utc(time: &str) -> NaiveDateTime {
        time.parse::<NaiveDateTime>().or_else(|_| NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M:%S")).unwrap()
    }
}
