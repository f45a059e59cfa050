//! Phones to which nothing is sent: what is so now. How it came about is in [`super::consents`].

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::opt_outs;
use super::{DbConnection, Stored, Writer, clients};
use crate::domain::{ConsentSource, MessageId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct OptOut {
    pub source: ConsentSource,
    pub since: NaiveDateTime,
}

pub fn find(connection: &mut DbConnection, phone: &str) -> Stored<Option<OptOut>> {
    Ok(opt_outs::table.find(phone).select((opt_outs::source, opt_outs::since)).first(connection).optional()?)
}

pub fn exists(connection: &mut DbConnection, phone: &str) -> Stored<bool> {
    Ok(diesel::select(diesel::dsl::exists(opt_outs::table.find(phone))).get_result(connection)?)
}

/// Which of these phones have opted out.
pub fn among(connection: &mut DbConnection, phones: &[&str]) -> Stored<Vec<String>> {
    Ok(opt_outs::table.filter(opt_outs::phone.eq_any(phones)).select(opt_outs::phone).load(connection)?)
}

pub fn insert(
    tx: &mut Writer<'_>,
    phone: &str,
    source: ConsentSource,
    message: Option<MessageId>,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::insert_into(opt_outs::table)
        .values((
            opt_outs::phone.eq(phone),
            opt_outs::source.eq(source),
            opt_outs::message_id.eq(message),
            opt_outs::since.eq(now),
        ))
        .execute(&mut **tx)?;
    clients::opting_changed(tx, phone)
}

/// It is by somebody else now; since when does not change.
pub fn set_source(tx: &mut Writer<'_>, phone: &str, source: ConsentSource, message: Option<MessageId>) -> Stored<()> {
    diesel::update(opt_outs::table.find(phone))
        .set((opt_outs::source.eq(source), opt_outs::message_id.eq(message)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Answers whether there was one.
pub fn delete(tx: &mut Writer<'_>, phone: &str) -> Stored<bool> {
    let gone = diesel::delete(opt_outs::table.find(phone)).execute(&mut **tx)? > 0;
    clients::opting_changed(tx, phone)?;
    Ok(gone)
}
