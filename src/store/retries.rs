//! Texts that failed, and those that were sent in their place.

use diesel::prelude::*;

use super::schema::retries;
use super::{DbConnection, Stored, Writer};
use crate::domain::MessageId;

/// The text sent in place of this one.
pub fn of(connection: &mut DbConnection, message: MessageId) -> Stored<Option<MessageId>> {
    Ok(retries::table.find(message).select(retries::retried_as).first(connection).optional()?)
}

/// Among these texts: which failed one was sent again as which.
pub fn among(connection: &mut DbConnection, messages: &[MessageId]) -> Stored<Vec<(MessageId, MessageId)>> {
    Ok(retries::table
        .filter(retries::message_id.eq_any(messages).or(retries::retried_as.eq_any(messages)))
        .select((retries::message_id, retries::retried_as))
        .load(connection)?)
}

pub fn insert(tx: &mut Writer<'_>, message: MessageId, retried_as: MessageId) -> Stored<()> {
    diesel::insert_into(retries::table)
        .values((retries::message_id.eq(message), retries::retried_as.eq(retried_as)))
        .execute(&mut **tx)?;
    Ok(())
}
