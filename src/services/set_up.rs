use chrono::NaiveDateTime;

use super::found_company::found_company;
use super::{Done, Error, NewPerson, add_user};
use crate::domain::UserId;
use crate::store::company::{self, Company};
use crate::store::{Writer, users};

/// The first run: the company, its roles and lists, and its Owner. Once only.
pub fn set_up(
    tx: &mut Writer<'_>,
    company_name: &str,
    time_zone: &str,
    owner: &NewPerson<'_>,
    now: NaiveDateTime,
) -> Done<UserId> {
    if users::any(tx)? {
        return Err(Error::Forbidden("Crewline is set up already. Sign in.".into()));
    }
    found_if_none(tx, company_name, time_zone, now)?;
    add_user(tx, owner, now)
}

/// The company, where there is none yet. Answers whether it is new.
pub fn found_if_none(tx: &mut Writer<'_>, name: &str, time_zone: &str, now: NaiveDateTime) -> Done<bool> {
    if company::find(tx)?.is_some() {
        return Ok(false);
    }
    if name.trim().is_empty() {
        return Err(Error::Invalid("Enter the company's name.".to_owned()));
    }
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Error::Invalid("Choose the company's time zone.".to_owned()));
    }
    found_company(tx, &Company::new(name.trim(), time_zone), now)?;
    Ok(true)
}
