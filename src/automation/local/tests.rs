use chrono::TimeDelta;
use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn a_clock_on_the_wall_is_read_as_people_mean_it() {
    for (name, zone, local, meant) in [
        ("a winter day in Denver", "America/Denver", "2026-12-01T14:00:00", "2026-12-01T21:00:00"),
        ("a summer day in Denver", "America/Denver", "2026-07-01T14:00:30", "2026-07-01T20:00:30"),
        ("the hour that is skipped", "America/Denver", "2027-03-14T02:30:00", "2027-03-14T09:00:00"),
        ("its first second", "America/Denver", "2027-03-14T02:00:00", "2027-03-14T09:00:00"),
        ("the second after it", "America/Denver", "2027-03-14T03:00:00", "2027-03-14T09:00:00"),
        ("the hour that comes twice", "America/Denver", "2026-11-01T01:30:00", "2026-11-01T07:30:00"),
        ("half an hour that is skipped", "Australia/Lord_Howe", "2026-10-04T02:10:00", "2026-10-03T15:30:00"),
        ("a midnight that is skipped", "Africa/Cairo", "2026-04-24T00:20:00", "2026-04-23T22:00:00"),
        ("a midnight that comes twice", "America/Havana", "2026-11-01T00:30:00", "2026-11-01T04:30:00"),
        ("a day that never was", "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00"),
    ] {
        let zone: Tz = zone.parse().unwrap();
        assert_eq!(instant(time(local), zone), time(meant), "{name}");
    }
}

#[test]
fn only_a_time_that_is_skipped_does_not_exist() {
    let denver = chrono_tz::America::Denver;
    assert!(!exists(time("2027-03-14T02:30:00"), denver));
    assert!(exists(time("2027-03-14T03:00:00"), denver));
    assert!(exists(time("2026-11-01T01:30:00"), denver));
}

#[test]
fn the_end_of_the_calendar_is_no_accident() {
    for zone in TZ_VARIANTS {
        wall_clock(NaiveDateTime::MAX, zone);
        wall_clock(NaiveDateTime::MIN, zone);
    }
}

proptest! {
    /// From 1970 on, in every zone there is.
    #[test]
    fn what_the_clock_shows_leads_back_to_the_earliest_such_instant(
        second in 0_i64..4_000_000_000, zone in prop::sample::select(&TZ_VARIANTS[..]),
    ) {
        let at = at_second(second);
        let shown = wall_clock(at, zone);
        let back = instant(shown, zone);
        prop_assert!(back <= at);
        prop_assert_eq!(wall_clock(back, zone), shown);
    }

    #[test]
    fn an_instant_never_shows_less_than_was_asked_and_the_second_before_shows_less(
        second in 0_i64..4_000_000_000, zone in prop::sample::select(&TZ_VARIANTS[..]),
    ) {
        let local = at_second(second);
        let at = instant(local, zone);
        prop_assert!(wall_clock(at, zone) >= local);
        if wall_clock(at, zone) > local {
            prop_assert!(wall_clock(at - TimeDelta::seconds(1), zone) < local, "a gap ends at its first instant");
        }
    }
}
