//! The one company that this installation serves.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::company;
use super::{DbConnection, Stored, Writer};
use crate::domain::{NotificationPrivacy, Plan};

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Company {
    pub name: String,
    /// IANA name, as `America/Denver`.
    pub time_zone: String,
    pub plan: Plan,
    /// How much a push shows.
    pub notification_privacy: NotificationPrivacy,
    /// Since when texts from outside only wait, on a plan without SMS.
    pub sms_off_since: Option<NaiveDateTime>,
    /// From and until when automatic texts may leave on Monday to Saturday, in minutes of the client's day.
    pub texting: (i64, i64),
    pub texting_on_sundays: (i64, i64),
}

impl Company {
    /// As it begins: on the plan that has SMS, with pushes that show everything.
    pub fn new(name: &str, time_zone: &str) -> Self {
        Self {
            name: name.to_owned(),
            time_zone: time_zone.to_owned(),
            plan: Plan::Growth,
            notification_privacy: NotificationPrivacy::Full,
            sms_off_since: None,
            texting: (9 * 60, 20 * 60),
            texting_on_sundays: (12 * 60, 20 * 60),
        }
    }
}

/// Empty only before the first run.
pub fn find(connection: &mut DbConnection) -> Stored<Option<Company>> {
    let columns = (
        company::name,
        company::time_zone,
        company::plan,
        company::notification_privacy,
        company::sms_off_since,
        (company::quiet_from, company::quiet_to),
        (company::quiet_sunday_from, company::quiet_sunday_to),
    );
    Ok(company::table.select(columns).first(connection).optional()?)
}

/// Whether the company's plan has SMS; before there is a company nothing stands in the way.
pub fn has_sms(connection: &mut DbConnection) -> Stored<bool> {
    Ok(find(connection)?.is_none_or(|company| company.plan.has_sms()))
}

pub fn found(tx: &mut Writer<'_>, new: &Company, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(company::table)
        .values((
            company::id.eq(1),
            company::name.eq(&new.name),
            company::time_zone.eq(&new.time_zone),
            company::plan.eq(new.plan),
            company::notification_privacy.eq(new.notification_privacy),
            company::sms_off_since.eq(new.sms_off_since),
            company::quiet_from.eq(new.texting.0),
            company::quiet_to.eq(new.texting.1),
            company::quiet_sunday_from.eq(new.texting_on_sundays.0),
            company::quiet_sunday_to.eq(new.texting_on_sundays.1),
            company::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn update(tx: &mut Writer<'_>, changed: &Company) -> Stored<()> {
    diesel::update(company::table)
        .set((
            company::name.eq(&changed.name),
            company::time_zone.eq(&changed.time_zone),
            company::plan.eq(changed.plan),
            company::notification_privacy.eq(changed.notification_privacy),
            company::sms_off_since.eq(changed.sms_off_since),
            company::quiet_from.eq(changed.texting.0),
            company::quiet_to.eq(changed.texting.1),
            company::quiet_sunday_from.eq(changed.texting_on_sundays.0),
            company::quiet_sunday_to.eq(changed.texting_on_sundays.1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
