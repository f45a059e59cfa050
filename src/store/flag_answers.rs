//! What a person answered to a text that reads like a wish to stop.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{flag_answers, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{FlagAnswer, MessageId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct Answered {
    pub message: MessageId,
    pub answer: FlagAnswer,
    pub user: String,
    pub at: NaiveDateTime,
}

pub fn exists(connection: &mut DbConnection, message: MessageId) -> Stored<bool> {
    Ok(diesel::select(diesel::dsl::exists(flag_answers::table.find(message))).get_result(connection)?)
}

pub fn of_messages(connection: &mut DbConnection, messages: &[MessageId]) -> Stored<Vec<Answered>> {
    Ok(flag_answers::table
        .inner_join(users::table)
        .filter(flag_answers::message_id.eq_any(messages))
        .select((flag_answers::message_id, flag_answers::answer, users::name, flag_answers::at))
        .load(connection)?)
}

pub fn insert(
    tx: &mut Writer<'_>,
    message: MessageId,
    answer: FlagAnswer,
    user: UserId,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::insert_into(flag_answers::table)
        .values((
            flag_answers::message_id.eq(message),
            flag_answers::answer.eq(answer),
            flag_answers::user_id.eq(user),
            flag_answers::at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
