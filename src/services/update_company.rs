use chrono::NaiveDateTime;

use super::quiet_hours::{self, TypedQuietHours, clock_of};
use super::{By, Done, Error};
use crate::domain::{NotificationPrivacy, Plan, Topic};
use crate::store::company::{self, Company};
use crate::store::{Writer, users};

/// What is to be different; what is None stays.
#[derive(Debug, Clone, Default)]
pub struct CompanyChange {
    pub name: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    pub plan: Option<Plan>,
    pub notification_privacy: Option<NotificationPrivacy>,
    pub quiet_hours: TypedQuietHours,
}

const LONGEST_NAME: usize = 120;

/// Changes the company's settings. On a plan without SMS texts from outside only wait, and from now on they are counted.
pub fn update_company(tx: &mut Writer<'_>, by: &By, change: &CompanyChange, now: NaiveDateTime) -> Done<()> {
    let before = company::find(tx)?.ok_or(Error::NotFound)?;
    let after = changed(&before, change, now)?;
    if after == before {
        return Ok(());
    }
    company::update(tx, &after)?;
    by.record(tx, "company.updated", "company", &difference(&before, &after), now)?;
    tx.announce(Topic::Everyone);
    if before.plan.has_sms() != after.plan.has_sms() {
        // Pages that were there are gone, or back
        for user in users::all(tx)?.iter().filter(|user| user.active) {
            tx.announce(Topic::Permissions(user.id));
        }
    }
    Ok(())
}

fn changed(before: &Company, change: &CompanyChange, now: NaiveDateTime) -> Done<Company> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        let name = name.trim();
        match name.chars().count() {
            0 => return Err(Error::Invalid("Enter the company's name.".to_owned())),
            1..=LONGEST_NAME => after.name = name.to_owned(),
            _ => return Err(Error::Invalid(format!("Use at most {LONGEST_NAME} characters for the company's name."))),
        }
    }
    if let Some(zone) = &change.time_zone {
        if zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(Error::Invalid("Choose the company's time zone from the list.".to_owned()));
        }
        after.time_zone.clone_from(zone);
    }
    after.plan = change.plan.unwrap_or(before.plan);
    after.notification_privacy = change.notification_privacy.unwrap_or(before.notification_privacy);
    quiet_hours::set(&mut after, &change.quiet_hours)?;
    after.sms_off_since = if after.plan.has_sms() { None } else { before.sms_off_since.or(Some(now)) };
    Ok(after)
}

/// "Plan: Growth → Starter. Time zone: …", for the audit log.
fn difference(before: &Company, after: &Company) -> String {
    let range = |(from, to): (i64, i64)| format!("{}–{}", clock_of(from), clock_of(to));
    let (weekdays, weekdays_now) = (range(before.texting), range(after.texting));
    let (sundays, sundays_now) = (range(before.texting_on_sundays), range(after.texting_on_sundays));
    let facts = [
        ("Name", before.name.as_str(), after.name.as_str()),
        ("Time zone", &before.time_zone, &after.time_zone),
        ("Plan", before.plan.name(), after.plan.name()),
        ("Notifications on devices show", before.notification_privacy.name(), after.notification_privacy.name()),
        ("Automatic texts", &weekdays, &weekdays_now),
        ("Automatic texts on Sundays", &sundays, &sundays_now),
    ];
    let changed = facts.iter().filter(|(_, before, after)| before != after);
    changed.map(|(what, before, after)| format!("{what}: {before} → {after}")).collect::<Vec<_>>().join(". ")
}
