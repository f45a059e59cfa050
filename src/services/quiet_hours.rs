//! The company's quiet hours, and on whose clock they are kept.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::{Done, Error};
use crate::automation::{DAY, QuietHours};
use crate::domain::{ClientId, ConversationId};
use crate::store::company::{self, Company};
use crate::store::{DbConnection, Stored, clients};

/// As the company set them; the usual ones before there is a company.
pub fn quiet_hours(connection: &mut DbConnection) -> Stored<QuietHours> {
    Ok(company::find(connection)?.map(|company| quiet_hours_of(&company)).unwrap_or_default())
}

/// What is stored cannot be otherwise than valid; if it is, the usual ones hold.
pub fn quiet_hours_of(company: &Company) -> QuietHours {
    let minutes = |(from, to): (i64, i64)| Some((u16::try_from(from).ok()?, u16::try_from(to).ok()?));
    let (weekdays, sunday) = (minutes(company.texting), minutes(company.texting_on_sundays));
    let ranges = weekdays.zip(sunday);
    ranges.and_then(|(weekdays, sunday)| QuietHours::new(weekdays, sunday).ok()).unwrap_or_default()
}

/// Whose clock counts in a conversation: that of its first client who has a time zone, else the company's.
pub fn zone_of(connection: &mut DbConnection, conversation: ConversationId) -> Stored<Tz> {
    match zones_of(connection, &[conversation])?.remove(&conversation) {
        Some(zone) => Ok(zone),
        None => company_zone(connection),
    }
}

/// The same for many: those that are not there are on the company's clock.
pub fn zones_of(
    connection: &mut DbConnection,
    conversations: &[ConversationId],
) -> Stored<HashMap<ConversationId, Tz>> {
    let mut zones = HashMap::new();
    for (id, zone) in clients::time_zones_in(connection, conversations)? {
        if let Ok(zone) = zone.parse() {
            zones.entry(id).or_insert(zone);
        }
    }
    Ok(zones)
}

/// The same for a client whom nobody has texted yet.
pub fn zone_of_client(connection: &mut DbConnection, client: ClientId) -> Stored<Tz> {
    let client = clients::find(connection, client)?;
    match client.and_then(|client| client.fields.time_zone?.parse().ok()) {
        Some(zone) => Ok(zone),
        None => company_zone(connection),
    }
}

/// UTC before there is a company.
pub fn company_zone(connection: &mut DbConnection) -> Stored<Tz> {
    Ok(company::find(connection)?.and_then(|company| company.time_zone.parse().ok()).unwrap_or(Tz::UTC))
}

/// The company with what was typed into the fields of its quiet hours; what is None stays.
pub(super) fn set(company: &mut Company, typed: &TypedQuietHours) -> Done<()> {
    for (stored, typed, day) in [
        (&mut company.texting.0, &typed.from, "on weekdays"),
        (&mut company.texting.1, &typed.to, "on weekdays"),
        (&mut company.texting_on_sundays.0, &typed.sunday_from, "on Sundays"),
        (&mut company.texting_on_sundays.1, &typed.sunday_to, "on Sundays"),
    ] {
        if let Some(typed) = typed {
            let why =
                || Error::Invalid(format!("Enter when automatic texts may leave {day} as a time, such as 09:00."));
            *stored = minute(typed).ok_or_else(why)?;
        }
    }
    let minutes = |minute: i64| u16::try_from(minute).unwrap_or(u16::MAX);
    let range = |(from, to): (i64, i64)| (minutes(from), minutes(to));
    QuietHours::new(range(company.texting), range(company.texting_on_sundays))
        .map_err(|why| Error::Invalid(why.to_string()))?;
    Ok(())
}

/// "HH:MM", as a field for a time sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedQuietHours {
    pub from: Option<String>,
    pub to: Option<String>,
    pub sunday_from: Option<String>,
    pub sunday_to: Option<String>,
}

/// "9:00" is minute 540.
fn minute(typed: &str) -> Option<i64> {
    let mut parts = typed.trim().split(':');
    let (hour, minute, seconds) = (number(parts.next()?)?, number(parts.next()?)?, parts.next());
    let whole = seconds.is_none_or(|seconds| number(seconds) == Some(0)) && parts.next().is_none();
    let at = hour * 60 + minute;
    (whole && minute < 60 && at < i64::from(DAY)).then_some(at)
}

fn number(digits: &str) -> Option<i64> {
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// "09:00", as a field for a time wants it.
pub fn clock_of(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_fields_and_people_write_it() {
        for (typed, read) in [
            ("09:00", Some(540)),
            (" 9:05 ", Some(545)),
            ("23:59:00", Some(1439)),
            ("24:00", None),
            ("00:00", Some(0)),
            ("9", None),
            ("9:60", None),
            ("-1:30", None),
            ("+9:00", None),
            ("09:00:30", None),
            ("9:00:00:00", None),
            ("9 am", None),
            ("", None),
        ] {
            assert_eq!(minute(typed), read, "{typed:?}");
        }
        assert_eq!((clock_of(540), clock_of(1439)), ("09:00".to_owned(), "23:59".to_owned()));
    }
}
