use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound as _, TimeZone as _};
use chrono_tz::Tz;

/// The short year first: the long one would take 26 for a year of the Romans.
const DAYS: [&str; 5] = ["%Y-%m-%d", "%m/%d/%y", "%m/%d/%Y", "%d.%m.%Y", "%b %d, %Y"];
const HOURS: [&str; 6] = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M%p", "%I %p"];

/// A moment as files have it, in UTC: with its offset, or in the company's zone. A day alone is its morning at nine.
pub fn parse(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return kept(exact.naive_utc());
    }
    let local = DAYS.iter().find_map(|day| local(text, day))?;
    // An hour that is skipped in spring is the next one that there is
    let there = [local, local + chrono::Duration::hours(1)];
    let moment = there.into_iter().find_map(|local| zone.from_local_datetime(&local).earliest())?;
    kept(moment.naive_utc())
}

fn local(text: &str, day: &str) -> Option<NaiveDateTime> {
    let (date, rest) = NaiveDate::parse_and_remainder(text, day).ok()?;
    let rest = rest.trim_start_matches([',', 'T']).trim();
    if rest.is_empty() {
        return date.and_hms_opt(9, 0, 0);
    }
    HOURS.iter().find_map(|hour| NaiveTime::parse_from_str(rest, hour).ok()).map(|time| date.and_time(time))
}

/// Both databases keep microseconds and years of four digits.
fn kept(moment: NaiveDateTime) -> Option<NaiveDateTime> {
    use chrono::Datelike as _;
    (1900..=2200).contains(&moment.year()).then(|| moment.trunc_subsecs(6))
}
