//! Phones that asked for no more texts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::opt_outs;
use super::{DbConnection, Stored, Writer, clients};
use crate::domain::MessageId;

pub fn exists(connection: &mut DbConnection, phone: &str) -> Stored<bool> {
    Ok(diesel::select(diesel::dsl::exists(opt_outs::table.find(phone))).get_result(connection)?)
}

/// Answers whether it is new.
pub fn insert(tx: &mut Writer<'_>, phone: &str, message: Option<MessageId>, now: NaiveDateTime) -> Stored<bool> {
    if exists(tx, phone)? {
        return Ok(false);
    }
    diesel::insert_into(opt_outs::table)
        .values((opt_outs::phone.eq(phone), opt_outs::message_id.eq(message), opt_outs::since.eq(now)))
        .execute(&mut **tx)?;
    clients::opting_changed(tx, phone)?;
    Ok(true)
}

/// Answers whether there was one.
pub fn delete(tx: &mut Writer<'_>, phone: &str) -> Stored<bool> {
    let gone = diesel::delete(opt_outs::table.find(phone)).execute(&mut **tx)? > 0;
    clients::opting_changed(tx, phone)?;
    Ok(gone)
}
