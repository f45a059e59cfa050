//! Phones that an automated text told once who writes and how to opt out.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::introductions;
use super::{DbConnection, Stored, Writer};
use crate::domain::MessageId;

pub fn exists(connection: &mut DbConnection, phone: &str) -> Stored<bool> {
    Ok(diesel::select(diesel::dsl::exists(introductions::table.find(phone))).get_result(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, phone: &str, message: MessageId, now: NaiveDateTime) -> Stored<()> {
    if !exists(tx, phone)? {
        diesel::insert_into(introductions::table)
            .values((introductions::phone.eq(phone), introductions::message_id.eq(message), introductions::at.eq(now)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The text never went out, so the next one introduces us.
pub fn withdraw(tx: &mut Writer<'_>, message: MessageId) -> Stored<()> {
    diesel::delete(introductions::table.filter(introductions::message_id.eq(message))).execute(&mut **tx)?;
    Ok(())
}
