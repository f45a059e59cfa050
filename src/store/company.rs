//! The one company that this installation serves.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::company;
use super::{DbConnection, Stored, Writer};
use crate::domain::Plan;

#[derive(Debug, Clone, Queryable)]
pub struct Company {
    pub name: String,
    /// IANA name, as `America/Denver`.
    pub time_zone: String,
    pub plan: Plan,
}

/// Empty only before the first run.
pub fn find(connection: &mut DbConnection) -> Stored<Option<Company>> {
    Ok(company::table.select((company::name, company::time_zone, company::plan)).first(connection).optional()?)
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
            company::notification_privacy.eq("full"),
            company::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_plan(tx: &mut Writer<'_>, plan: Plan) -> Stored<()> {
    diesel::update(company::table).set(company::plan.eq(plan)).execute(&mut **tx)?;
    Ok(())
}
