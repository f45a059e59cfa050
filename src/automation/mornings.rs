use chrono::{Datelike as _, Days, NaiveDateTime, NaiveTime, Weekday};

/// Nine o'clock, when offices open.
const OPENING: Option<NaiveTime> = NaiveTime::from_hms_opt(9, 0, 0);

/// The mornings that people mean by "this morning", "tomorrow" and "on the next working day", on a clock on a wall, in
/// order. What is the same stands there once.
pub fn mornings(now: NaiveDateTime) -> Vec<NaiveDateTime> {
    let Some(opening) = OPENING else { return Vec::new() };
    let today = now.date();
    let is_working = |day: &chrono::NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let tomorrow = today.checked_add_days(Days::new(1));
    let working = today.iter_days().skip(1).take(7).find(is_working);
    let this_morning = (now.time() < opening && is_working(&today)).then_some(today);
    let mut days: Vec<_> = [this_morning, tomorrow, working].into_iter().flatten().collect();
    days.dedup();
    days.into_iter().map(|day| day.and_time(opening)).collect()
}

#[cfg(test)]
mod tests {
    use super::mornings;

    #[test]
    fn tomorrow_is_offered_and_the_next_working_day_where_it_is_another() {
        for (name, now, offered) in [
            ("Tuesday evening", "2026-11-24T22:40:00", vec!["2026-11-25T09:00:00"]),
            ("Tuesday before nine", "2026-11-24T08:59:59", vec!["2026-11-24T09:00:00", "2026-11-25T09:00:00"]),
            ("Tuesday at nine", "2026-11-24T09:00:00", vec!["2026-11-25T09:00:00"]),
            ("Friday", "2026-11-27T15:00:00", vec!["2026-11-28T09:00:00", "2026-11-30T09:00:00"]),
            ("Saturday before nine", "2026-11-28T07:00:00", vec!["2026-11-29T09:00:00", "2026-11-30T09:00:00"]),
            ("Sunday", "2026-11-29T12:00:00", vec!["2026-11-30T09:00:00"]),
            ("New Year's Eve", "2026-12-31T12:00:00", vec!["2027-01-01T09:00:00"]),
        ] {
            let offered: Vec<chrono::NaiveDateTime> = offered.iter().map(|time| time.parse().unwrap()).collect();
            assert_eq!(mornings(now.parse().unwrap()), offered, "{name}");
        }
    }

    #[test]
    fn the_last_day_of_the_calendar_has_no_tomorrow() {
        assert!(mornings(chrono::NaiveDateTime::MAX).is_empty());
    }
}
