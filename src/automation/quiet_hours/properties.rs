//! What holds at any instant in any zone.

use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

/// Any instant from 1970 to 2096, to the microsecond.
fn instants() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..4_000_000_000, 0_i64..1_000_000)
        .prop_map(|(second, micro)| at_second(second) + TimeDelta::microseconds(micro))
}

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(&TZ_VARIANTS[..])
}

fn ranges() -> impl Strategy<Value = (u16, u16)> {
    (0..DAY).prop_flat_map(|open| (Just(open), open + 1..=DAY))
}

fn hours() -> impl Strategy<Value = QuietHours> {
    prop_oneof![
        Just(QuietHours::default()),
        (ranges(), ranges()).prop_map(|(weekdays, sunday)| QuietHours::new(weekdays, sunday).unwrap()),
    ]
}

/// An instant within a day of a change of the clocks, where there is one in that year.
fn near_a_change() -> impl Strategy<Value = (NaiveDateTime, Tz)> {
    (zones(), 1970..2090_i32, -86_400_i64..86_400).prop_map(|(zone, year, aside)| {
        let mut at = time_of_year(year);
        let offset = |at: NaiveDateTime| zone.offset_from_utc_datetime(&at).fix();
        for _ in 0..365 {
            let next = at + TimeDelta::days(1);
            if offset(next) != offset(at) {
                break;
            }
            at = next;
        }
        (at + TimeDelta::seconds(aside), zone)
    })
}

fn time_of_year(year: i32) -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap().into()
}

/// Said anew, minute by minute, from nothing but what the clock shows.
fn by_the_minute(hours: &QuietHours, at: NaiveDateTime, zone: Tz) -> bool {
    let shown = zone.from_utc_datetime(&at);
    let (open, close) = if shown.weekday() == Weekday::Sun { hours.sunday() } else { hours.weekdays() };
    (u32::from(open)..u32::from(close)).contains(&(shown.hour() * 60 + shown.minute()))
}

fn holds(hours: QuietHours, asked: NaiveDateTime, zone: Tz) -> Result<(), TestCaseError> {
    let answer = hours.next_allowed(asked, zone);
    prop_assert!(answer >= asked, "never earlier than asked");
    prop_assert!(by_the_minute(&hours, answer, zone), "never in quiet hours");
    prop_assert!(!hours.is_quiet(answer, zone));
    prop_assert_eq!(hours.next_allowed(answer, zone), answer, "an allowed instant stays");
    prop_assert_eq!(hours.is_quiet(asked, zone), answer != asked);
    let mut between = asked;
    while between < answer {
        prop_assert!(!by_the_minute(&hours, between, zone), "{} was open in {}", between, zone);
        between += TimeDelta::minutes(1);
    }
    if answer > asked {
        let before = answer - TimeDelta::microseconds(1);
        prop_assert!(before < asked || !by_the_minute(&hours, before, zone), "the opening itself, not later");
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_next_allowed_instant_is_the_first(hours in hours(), asked in instants(), zone in zones()) {
        holds(hours, asked, zone)?;
    }

    #[test]
    fn it_is_the_first_around_changes_of_the_clocks(hours in hours(), (asked, zone) in near_a_change()) {
        holds(hours, asked, zone)?;
    }

    #[test]
    fn who_asks_later_is_not_answered_earlier(hours in hours(), (asked, zone) in near_a_change(), later in 0_i64..200_000) {
        prop_assert!(hours.next_allowed(asked, zone) <= hours.next_allowed(asked + TimeDelta::seconds(later), zone));
    }
}
