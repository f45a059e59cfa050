use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::America::Denver;
use rand::Rng;
use rand::rngs::StdRng;

/// What comes before a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    pub pause: TimeDelta,
    /// It is said in the morning.
    pub early: bool,
}

/// Between two days.
pub(super) const NIGHT: TimeDelta = TimeDelta::hours(20);

/// Nobody texts their roofer before seven or after nine in the evening.
const MORNING: u32 = 7;
const EVENING: u32 = 21;

/// When the lines of a thread were said (UTC): the newest at `newest`, those of other days in the daytime, none on a Sunday.
pub(super) fn times(newest: NaiveDateTime, waits: &[Wait], dice: &mut StdRng) -> Vec<NaiveDateTime> {
    let mut times = Vec::with_capacity(waits.len());
    let mut days: Vec<&[Wait]> = waits.chunk_by(|_, next| next.pause < NIGHT).collect();
    if let Some(last) = days.pop() {
        times.extend(backwards(newest, last, dice));
    }
    let mut next_pause = waits.get(waits.len() - times.len()).map_or(NIGHT, |wait| wait.pause);
    while let Some(day) = days.pop() {
        let until = times.first().map_or(newest, |first| *first - next_pause);
        times.splice(0..0, in_daytime(until, day, dice));
        next_pause = day.first().map_or(NIGHT, |wait| wait.pause);
    }
    times
}

/// The last day ends when the thread does.
fn backwards(newest: NaiveDateTime, day: &[Wait], dice: &mut StdRng) -> Vec<NaiveDateTime> {
    let mut at = newest;
    let mut times = Vec::with_capacity(day.len());
    for wait in day.iter().rev() {
        times.push(at);
        at = waking(at - wait.pause, dice);
    }
    times.reverse();
    times
}

/// An earlier day begins at a decent hour, and is over by `until`.
fn in_daytime(until: NaiveDateTime, day: &[Wait], dice: &mut StdRng) -> Vec<NaiveDateTime> {
    let lasts: TimeDelta = day.iter().skip(1).map(|wait| wait.pause).sum();
    let early = day.first().is_some_and(|wait| wait.early);
    let minutes = if early { dice.random_range(450..570) } else { dice.random_range(510..690) };
    let begins = |date: NaiveDate| utc(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes));
    let mut date = local(until - lasts).date();
    while begins(date) + lasts > until || date.weekday() == Weekday::Sun {
        date -= TimeDelta::days(1);
    }
    let mut at = begins(date);
    let mut times = vec![at];
    for wait in day.iter().skip(1) {
        at += wait.pause;
        times.push(at);
    }
    times
}

/// How long people take to answer.
pub(super) fn answer(dice: &mut StdRng) -> TimeDelta {
    TimeDelta::seconds(dice.random_range(35..1_500))
}

pub(super) fn moment(dice: &mut StdRng) -> TimeDelta {
    TimeDelta::seconds(dice.random_range(20..150))
}

/// The company's clock, from UTC.
pub(super) fn local(at: NaiveDateTime) -> NaiveDateTime {
    Denver.from_utc_datetime(&at).naive_local()
}

fn utc(local: NaiveDateTime) -> NaiveDateTime {
    Denver.from_local_datetime(&local).earliest().map_or(local, |at| at.with_timezone(&Utc).naive_utc())
}

/// A time at night becomes the evening before.
pub(super) fn waking(at: NaiveDateTime, dice: &mut StdRng) -> NaiveDateTime {
    let here = local(at);
    if (MORNING..EVENING).contains(&here.hour()) {
        return at;
    }
    let day = if here.hour() < MORNING { here.date() - TimeDelta::days(1) } else { here.date() };
    let evening = TimeDelta::minutes(i64::from(EVENING) * 60 - dice.random_range(1..90));
    utc(day.and_time(NaiveTime::MIN) + evening)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn three_in_the_morning() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, 2).unwrap().and_hms_opt(10, 0, 0).unwrap()
    }

    #[test]
    fn lines_keep_their_order_end_at_the_newest_and_keep_out_of_the_night() {
        let dice = &mut StdRng::seed_from_u64(7);
        let newest = three_in_the_morning();
        let pauses = (0..300).map(|index| if index % 7 == 0 { TimeDelta::days(2) } else { answer(dice) });
        let waits: Vec<Wait> = pauses.map(|pause| Wait { pause, early: false }).collect();
        let times = times(newest, &waits, dice);
        assert_eq!((times.len(), times.last()), (300, Some(&newest)));
        assert!(times.is_sorted_by(|a, b| a < b));
        assert!(times.iter().rev().skip(1).all(|at| (MORNING..EVENING).contains(&local(*at).hour())));
    }

    #[test]
    fn what_is_said_in_the_morning_is_said_before_ten() {
        let dice = &mut StdRng::seed_from_u64(7);
        let wait = |early| Wait { pause: TimeDelta::days(1), early };
        let times = times(three_in_the_morning(), &[wait(true), wait(false)], dice);
        assert!(times.first().is_some_and(|at| local(*at).hour() < 10));
    }
}
