//! Three steps, a day apart each, over the nights in which clocks change.

use chrono::TimeZone as _;
use chrono_tz::Tz;

use super::simulator::{Run, sent, simulate};
use super::*;
use crate::domain::{Wait, WaitUnit};

/// What the client's clock shows when the texts come, the first being due at that time of it.
fn come(zone: Tz, due: &str, quiet_hours: QuietHours, wait: Wait) -> Vec<String> {
    let due = chrono::DateTime::parse_from_rfc3339(due).unwrap();
    let shown = zone.from_utc_datetime(&due.naive_utc());
    assert_eq!(shown.naive_local(), due.naive_local(), "{due} is no time in {zone}");
    let runs = [Run { zone, number: 0, due_at: due.naive_utc(), waits: vec![wait; 2], phones: Vec::new() }];
    let taken = simulate(&runs, quiet_hours, || 0);
    sent(&taken, &runs, 0).iter().map(|at| zone.from_utc_datetime(at).to_rfc3339()).collect()
}

#[test]
fn days_keep_the_hour_and_quiet_hours_hold_over_the_changes_of_the_clocks() {
    let (denver, berlin) = (chrono_tz::America::Denver, chrono_tz::Europe::Berlin);
    let (lord_howe, apia) = (chrono_tz::Australia::Lord_Howe, chrono_tz::Pacific::Apia);
    let days = |count| Wait { count, unit: WaitUnit::Days };
    let hours = |count| Wait { count, unit: WaitUnit::Hours };
    let usual = QuietHours::default();
    let always = QuietHours::new((0, 24 * 60), (0, 24 * 60)).unwrap();
    for (name, zone, due, quiet_hours, wait, times) in [
        (
            "Denver goes forward: five o'clock stays five o'clock",
            denver,
            "2027-03-13T17:00:00-07:00",
            usual,
            days(1),
            ["2027-03-13T17:00:00-07:00", "2027-03-14T17:00:00-06:00", "2027-03-15T17:00:00-06:00"],
        ),
        (
            "Denver goes forward: half past two is not there on Sunday, and stays three for the next day",
            denver,
            "2027-03-13T02:30:00-07:00",
            always,
            days(1),
            ["2027-03-13T02:30:00-07:00", "2027-03-14T03:00:00-06:00", "2027-03-15T03:00:00-06:00"],
        ),
        (
            "Denver goes forward: 24 hours are 24 hours",
            denver,
            "2027-03-13T17:00:00-07:00",
            usual,
            hours(24),
            ["2027-03-13T17:00:00-07:00", "2027-03-14T18:00:00-06:00", "2027-03-15T18:00:00-06:00"],
        ),
        (
            "Denver goes back: half past one is the first of the two",
            denver,
            "2026-10-31T01:30:00-06:00",
            always,
            days(1),
            ["2026-10-31T01:30:00-06:00", "2026-11-01T01:30:00-06:00", "2026-11-02T01:30:00-07:00"],
        ),
        (
            "Denver goes back: late on Saturday waits for noon, as the clock then shows it",
            denver,
            "2026-10-31T20:30:00-06:00",
            usual,
            hours(12),
            ["2026-11-01T12:00:00-07:00", "2026-11-02T09:00:00-07:00", "2026-11-03T09:00:00-07:00"],
        ),
        (
            "Berlin goes forward: late on Saturday waits for noon",
            berlin,
            "2027-03-27T21:00:00+01:00",
            usual,
            days(1),
            ["2027-03-28T12:00:00+02:00", "2027-03-29T12:00:00+02:00", "2027-03-30T12:00:00+02:00"],
        ),
        (
            "Berlin goes back: two hours over the doubled hour",
            berlin,
            "2026-10-25T01:30:00+02:00",
            always,
            hours(1),
            ["2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"],
        ),
        (
            "Lord Howe goes forward by half an hour",
            lord_howe,
            "2026-10-03T02:10:00+10:30",
            always,
            days(1),
            ["2026-10-03T02:10:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:30:00+11:00"],
        ),
        (
            "Lord Howe goes back by half an hour, before nine",
            lord_howe,
            "2027-04-03T08:45:00+11:00",
            usual,
            days(1),
            ["2027-04-03T09:00:00+11:00", "2027-04-04T12:00:00+10:30", "2027-04-05T12:00:00+10:30"],
        ),
        (
            "Samoa had no 30 December 2011: the day after the 29th is the 31st, and once more a day",
            apia,
            "2011-12-29T10:00:00-10:00",
            usual,
            days(1),
            ["2011-12-29T10:00:00-10:00", "2011-12-31T09:00:00+14:00", "2012-01-01T12:00:00+14:00"],
        ),
    ] {
        assert_eq!(come(zone, due, quiet_hours, wait), times, "{name}");
    }
}
