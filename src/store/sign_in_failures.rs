//! Failed sign-ins, counted by account and by address.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::sign_in_failures;
use super::{DbConnection, Stored, Writer};

pub struct Failures {
    /// Of this account, from this address.
    pub of_account_here: i64,
    pub from_address: i64,
    /// The oldest one of the address.
    pub oldest: Option<NaiveDateTime>,
}

pub fn since(connection: &mut DbConnection, account: &str, address: &str, since: NaiveDateTime) -> Stored<Failures> {
    let recent = sign_in_failures::table
        .filter(sign_in_failures::failed_at.gt(since))
        .filter(sign_in_failures::address.eq(address));
    Ok(Failures {
        of_account_here: recent.filter(sign_in_failures::account.eq(account)).count().get_result(connection)?,
        from_address: recent.count().get_result(connection)?,
        oldest: recent
            .order(sign_in_failures::failed_at)
            .select(sign_in_failures::failed_at)
            .first(connection)
            .optional()?,
    })
}

pub fn insert(tx: &mut Writer<'_>, account: &str, address: &str, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(sign_in_failures::table)
        .values((
            sign_in_failures::account.eq(account),
            sign_in_failures::address.eq(address),
            sign_in_failures::failed_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A success forgives the account's failures from this address.
pub fn forgive(tx: &mut Writer<'_>, account: &str, address: &str) -> Stored<()> {
    diesel::delete(
        sign_in_failures::table
            .filter(sign_in_failures::account.eq(account).and(sign_in_failures::address.eq(address))),
    )
    .execute(&mut **tx)?;
    Ok(())
}

pub fn delete_before(tx: &mut Writer<'_>, then: NaiveDateTime) -> Stored<()> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::failed_at.le(then))).execute(&mut **tx)?;
    Ok(())
}
