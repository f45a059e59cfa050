use super::*;

/// Asked for and answered on the clock of the zone, so that a reader can check the rows; asked for with its offset.
type Row = (&'static str, &'static str, &'static str);

fn hold(hours: QuietHours, zone: &str, rows: &[Row]) {
    let zone: Tz = zone.parse().unwrap();
    for (name, asked, allowed) in rows {
        let asked = chrono::DateTime::parse_from_rfc3339(asked).unwrap();
        assert_eq!(wall_clock(asked.naive_utc(), zone), asked.naive_local(), "{name}: that is no time in {zone}");
        let answer = hours.next_allowed(asked.naive_utc(), zone);
        let shown = zone.from_utc_datetime(&answer).to_rfc3339();
        assert_eq!(shown, *allowed, "{name}");
    }
}

fn all_days(open: u16, close: u16) -> QuietHours {
    QuietHours::new((open, close), (open, close)).unwrap()
}

#[test]
fn a_text_leaves_at_once_or_when_the_day_opens() {
    hold(
        QuietHours::default(),
        "America/Denver",
        &[
            ("in the morning", "2026-11-25T06:12:13-07:00", "2026-11-25T09:00:00-07:00"),
            ("at nine", "2026-11-25T09:00:00-07:00", "2026-11-25T09:00:00-07:00"),
            ("at noon", "2026-11-25T12:34:56-07:00", "2026-11-25T12:34:56-07:00"),
            ("just before eight", "2026-11-25T19:59:59-07:00", "2026-11-25T19:59:59-07:00"),
            ("at eight", "2026-11-25T20:00:00-07:00", "2026-11-26T09:00:00-07:00"),
            ("at midnight", "2026-11-26T00:00:00-07:00", "2026-11-26T09:00:00-07:00"),
            ("on Saturday evening", "2026-11-28T20:30:00-07:00", "2026-11-29T12:00:00-07:00"),
            ("on Sunday morning", "2026-11-29T10:00:00-07:00", "2026-11-29T12:00:00-07:00"),
            ("on Sunday evening", "2026-11-29T22:00:00-07:00", "2026-11-30T09:00:00-07:00"),
        ],
    );
}

#[test]
fn the_night_in_which_denver_changes_its_clocks() {
    hold(
        QuietHours::default(),
        "America/Denver",
        &[
            ("before they go forward", "2027-03-13T20:00:00-07:00", "2027-03-14T12:00:00-06:00"),
            ("after they went forward", "2027-03-14T03:00:00-06:00", "2027-03-14T12:00:00-06:00"),
            ("before they go back", "2026-10-31T21:00:00-06:00", "2026-11-01T12:00:00-07:00"),
            ("in the first of the two hours", "2026-11-01T01:30:00-06:00", "2026-11-01T12:00:00-07:00"),
            ("in the second of the two hours", "2026-11-01T01:30:00-07:00", "2026-11-01T12:00:00-07:00"),
        ],
    );
    hold(
        all_days(150, 240),
        "America/Denver",
        &[("an opening that is skipped", "2027-03-14T01:00:00-07:00", "2027-03-14T03:00:00-06:00")],
    );
    hold(
        all_days(125, 160),
        "America/Denver",
        &[("a day whose hours are all skipped", "2027-03-14T01:00:00-07:00", "2027-03-15T02:05:00-06:00")],
    );
}

#[test]
fn hours_that_come_twice_open_twice() {
    hold(
        all_days(60, 90),
        "America/Denver",
        &[
            ("in the first", "2026-11-01T01:10:00-06:00", "2026-11-01T01:10:00-06:00"),
            ("after the first", "2026-11-01T01:30:00-06:00", "2026-11-01T01:00:00-07:00"),
            ("after the second", "2026-11-01T01:30:00-07:00", "2026-11-02T01:00:00-07:00"),
        ],
    );
}

#[test]
fn the_night_in_which_cairo_skips_midnight() {
    hold(
        QuietHours::default(),
        "Africa/Cairo",
        &[
            ("before", "2026-04-23T23:59:00+02:00", "2026-04-24T09:00:00+03:00"),
            ("after", "2026-04-24T01:00:00+03:00", "2026-04-24T09:00:00+03:00"),
        ],
    );
    hold(
        all_days(0, 120),
        "Africa/Cairo",
        &[("a day that begins at one", "2026-04-23T23:30:00+02:00", "2026-04-24T01:00:00+03:00")],
    );
}

#[test]
fn the_night_in_which_havana_has_midnight_twice() {
    // Saturday until midnight, Sunday from half past midnight: at one o'clock it is midnight again
    let hours = QuietHours::new((9 * 60, DAY), (30, 60)).unwrap();
    hold(
        hours,
        "America/Havana",
        &[
            ("the first midnight", "2026-11-01T00:00:00-04:00", "2026-11-01T00:30:00-04:00"),
            ("within the first", "2026-11-01T00:45:00-04:00", "2026-11-01T00:45:00-04:00"),
            ("the second midnight", "2026-11-01T00:00:00-05:00", "2026-11-01T00:30:00-05:00"),
            ("after both", "2026-11-01T01:00:00-05:00", "2026-11-02T09:00:00-05:00"),
        ],
    );
}

#[test]
fn clocks_that_go_back_into_the_day_before_open_it_again() {
    // On Saturday 3 April 2027 at midnight it is 23:00 once more
    hold(
        all_days(23 * 60, 23 * 60 + 30),
        "America/Santiago",
        &[
            ("after the first", "2027-04-03T23:45:00-03:00", "2027-04-03T23:00:00-04:00"),
            ("after the second", "2027-04-03T23:45:00-04:00", "2027-04-04T23:00:00-04:00"),
        ],
    );
}

#[test]
fn lord_howe_changes_by_half_an_hour_and_samoa_skipped_a_day() {
    hold(
        all_days(130, 140),
        "Australia/Lord_Howe",
        &[("all skipped", "2026-10-04T01:00:00+10:30", "2026-10-05T02:10:00+11:00")],
    );
    hold(
        QuietHours::default(),
        "Pacific/Apia",
        &[("into the day after the missing one", "2011-12-29T21:00:00-10:00", "2011-12-31T09:00:00+14:00")],
    );
}

#[test]
fn a_range_runs_forward_within_a_day() {
    for (name, weekdays, sunday, answer) in [
        ("the defaults", (540, 1200), (720, 1200), None),
        ("all day", (0, DAY), (0, DAY), None),
        ("one minute", (0, 1), (DAY - 1, DAY), None),
        ("nothing on weekdays", (540, 540), (720, 1200), Some(RangeError::Weekdays)),
        ("backwards", (1200, 540), (720, 1200), Some(RangeError::Weekdays)),
        ("past midnight", (540, DAY + 1), (720, 1200), Some(RangeError::Weekdays)),
        ("nothing on Sundays", (540, 1200), (720, 720), Some(RangeError::Sunday)),
    ] {
        assert_eq!(QuietHours::new(weekdays, sunday).err(), answer, "{name}");
    }
    let hours = QuietHours::default();
    assert_eq!((hours.weekdays(), hours.sunday()), ((540, 1200), (720, 1200)));
}

#[test]
fn the_end_of_the_calendar_ends_the_search() {
    let last = NaiveDateTime::MAX;
    assert!(QuietHours::default().next_allowed(last, chrono_tz::America::Denver) >= last);
}
