//! What becomes of everything that a deactivated user held, and how far it got.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::hand_overs;
use super::{DbConnection, Stored, Writer};
use crate::domain::{HandOverId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct HandOver {
    pub id: HandOverId,
    pub user_id: UserId,
    /// Who gets it; nobody if it is given up.
    pub to: Option<UserId>,
    pub by: UserId,
    /// So many conversations are done.
    pub conversations: i64,
    /// So many positions are done.
    pub positions: i64,
    /// Who gets it was told.
    pub told: bool,
    pub started_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

pub fn find(connection: &mut DbConnection, id: HandOverId) -> Stored<Option<HandOver>> {
    Ok(hand_overs::table.find(id).first(connection).optional()?)
}

/// The last one of a user.
pub fn of_user(connection: &mut DbConnection, user: UserId) -> Stored<Option<HandOver>> {
    Ok(hand_overs::table.filter(hand_overs::user_id.eq(user)).first(connection).optional()?)
}

/// Begins one; what is known of one before goes.
pub fn begin(
    tx: &mut Writer<'_>,
    user: UserId,
    to: Option<UserId>,
    by: UserId,
    now: NaiveDateTime,
) -> Stored<HandOverId> {
    diesel::delete(hand_overs::table.filter(hand_overs::user_id.eq(user))).execute(&mut **tx)?;
    Ok(diesel::insert_into(hand_overs::table)
        .values((
            hand_overs::user_id.eq(user),
            hand_overs::to_user_id.eq(to),
            hand_overs::by_user_id.eq(by),
            hand_overs::conversations.eq(0),
            hand_overs::positions.eq(0),
            hand_overs::told.eq(false),
            hand_overs::started_at.eq(now),
        ))
        .returning(hand_overs::id)
        .get_result(&mut **tx)?)
}

/// So many more are done.
pub fn advance(tx: &mut Writer<'_>, id: HandOverId, conversations: i64, positions: i64, told: bool) -> Stored<()> {
    diesel::update(hand_overs::table.find(id))
        .set((
            hand_overs::conversations.eq(hand_overs::conversations + conversations),
            hand_overs::positions.eq(hand_overs::positions + positions),
            hand_overs::told.eq(told),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// That of a user is over, whether or not everything is done.
pub fn end(tx: &mut Writer<'_>, user: UserId, now: NaiveDateTime) -> Stored<()> {
    let open = hand_overs::table.filter(hand_overs::user_id.eq(user).and(hand_overs::ended_at.is_null()));
    diesel::update(open).set(hand_overs::ended_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}
