//! What holds whatever happens, in whatever order.

use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::simulator::{Run, Taken, at, sent, simulate};
use super::*;
use crate::automation::DAY;
use crate::domain::{Wait, WaitUnit};

const START: &str = "2026-10-20T00:00:00";

fn zones() -> impl Strategy<Value = Tz> {
    prop_oneof![
        Just(chrono_tz::America::Denver),
        Just(chrono_tz::Europe::Berlin),
        prop::sample::select(&TZ_VARIANTS[..])
    ]
}

fn hours() -> impl Strategy<Value = QuietHours> {
    let range = || (0..DAY - 60).prop_flat_map(|open| (Just(open), open + 60..=DAY));
    prop_oneof![
        Just(QuietHours::default()),
        (range(), range()).prop_map(|(weekdays, sunday)| QuietHours::new(weekdays, sunday).unwrap()),
    ]
}

/// Within three weeks, in which Denver and Berlin change their clocks.
fn instants() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..21 * 86_400).prop_map(|second| at(START) + TimeDelta::seconds(second))
}

fn waits() -> impl Strategy<Value = Vec<Wait>> {
    let unit = prop::sample::select(WaitUnit::ALL);
    prop::collection::vec((0_i64..4, unit).prop_map(|(count, unit)| Wait { count, unit }), 0..3)
}

fn phones() -> impl Strategy<Value = Vec<(NaiveDateTime, Phone)>> {
    let phone = prop::sample::select(vec![
        Phone::Missing,
        Phone::NoNumber,
        Phone::OptedOut,
        Phone::Blocked,
        Phone::Open { introduced: false },
        Phone::Open { introduced: true },
    ]);
    prop::collection::vec((instants(), phone), 0..4).prop_map(|mut events| {
        events.sort_by_key(|(since, _)| *since);
        events
    })
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let run = (zones(), 0_usize..2, instants(), waits(), phones())
        .prop_map(|(zone, number, due_at, waits, phones)| Run { zone, number, due_at, waits, phones });
    prop::collection::vec(run, 1..12)
}

/// Many that want to leave at about the same time, in one zone.
fn crowd() -> impl Strategy<Value = Vec<Run>> {
    (zones(), instants(), prop::collection::vec(0_i64..90, 1..120)).prop_map(|(zone, start, seconds)| {
        let run = |second| Run {
            zone,
            number: 0,
            due_at: start + TimeDelta::seconds(second),
            waits: Vec::new(),
            phones: Vec::new(),
        };
        seconds.into_iter().map(run).collect()
    })
}

/// Some steps are taken late; a few by hours, as after a stop of the program.
fn lateness() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(prop_oneof![8 => Just(0_i64), 2 => 0_i64..5, 1 => 0_i64..20_000], 1..200)
}

fn one_by_one(seconds: Vec<i64>) -> impl FnMut() -> i64 {
    let mut seconds = seconds.into_iter();
    move || seconds.next().unwrap_or(0)
}

fn is_send(taken: &&Taken) -> bool {
    matches!(taken.decision, Decision::Send { .. })
}

proptest! {
    #[test]
    fn nothing_leaves_early_or_in_quiet_hours_or_to_a_closed_phone(runs in runs(), hours in hours(), late in lateness()) {
        let taken = simulate(&runs, hours, one_by_one(late));
        for taken in taken.iter().filter(is_send) {
            let zone = runs[taken.run].zone;
            prop_assert!(taken.now >= taken.due_at, "{taken:?} is early");
            prop_assert!(!hours.is_quiet(taken.now, zone), "{taken:?} disturbs in {zone}");
            prop_assert!(matches!(taken.phone, Phone::Open { .. }), "{taken:?} goes to a closed phone");
        }
    }

    #[test]
    fn every_step_is_sent_in_the_end_unless_the_phone_was_closed(runs in runs(), hours in hours(), late in lateness()) {
        let taken = simulate(&runs, hours, one_by_one(late));
        for (index, run) in runs.iter().enumerate() {
            let theirs: Vec<_> = taken.iter().filter(|taken| taken.run == index).collect();
            let sent = theirs.iter().copied().filter(is_send).count();
            let last = theirs.last().unwrap();
            match &last.decision {
                Decision::Send { .. } => prop_assert_eq!(sent, run.waits.len() + 1, "each step once"),
                Decision::End { .. } => prop_assert!(!matches!(last.phone, Phone::Open { .. }), "{last:?} was dropped"),
                Decision::Defer { .. } => prop_assert!(false, "{last:?} still waits"),
            }
        }
    }

    #[test]
    fn texts_of_one_number_keep_their_distance(runs in crowd(), hours in hours()) {
        let taken = simulate(&runs, hours, || 0);
        let sent = sent(&taken, &runs, 0);
        prop_assert_eq!(sent.len(), runs.len());
        prop_assert!(sent.windows(2).all(|two| two[1] - two[0] >= PACE), "{:?}", sent);
    }

    #[test]
    fn the_last_of_a_crowd_is_not_later_than_it_has_to_be(runs in crowd(), hours in hours()) {
        let taken = simulate(&runs, hours, || 0);
        let mut due: Vec<_> = runs.iter().map(|run| run.due_at).collect();
        due.sort_unstable();
        // One after the other, each as early as the day and the one before it let it
        let best = due.into_iter().fold(NaiveDateTime::MIN, |before, due| {
            let free = before.checked_add_signed(PACE).unwrap_or(before);
            hours.next_allowed(free.max(due), runs[0].zone)
        });
        prop_assert_eq!(sent(&taken, &runs, 0).last().copied(), Some(best));
    }

    #[test]
    fn who_is_late_does_not_leave_with_everybody_at_once(runs in crowd(), hours in hours(), late in lateness()) {
        let taken = simulate(&runs, hours, one_by_one(late));
        let sent = sent(&taken, &runs, 0);
        prop_assert_eq!(sent.len(), runs.len(), "late, but not dropped");
        for (index, first) in sent.iter().enumerate() {
            for (between, later) in (0_i32..).zip(&sent[index..]) {
                prop_assert!(*later - *first >= PACE * between - GRACE, "{} and {} more by {}", first, between, later);
            }
        }
    }
}
