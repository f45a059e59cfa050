//! Push subscriptions: a browser that rings for a user.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::push_subscriptions;
use super::{DbConnection, Stored, Writer};
use crate::domain::{SessionId, SubscriptionId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct PushSubscription {
    pub id: SubscriptionId,
    pub user_id: UserId,
    pub session_id: SessionId,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    pub user_agent: String,
    pub created_at: NaiveDateTime,
    pub last_success_at: Option<NaiveDateTime>,
    pub last_error: Option<String>,
    pub last_error_at: Option<NaiveDateTime>,
}

pub struct NewSubscription<'a> {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub endpoint: &'a str,
    pub p256dh: &'a str,
    pub auth: &'a str,
    pub user_agent: &'a str,
}

pub fn of_user(connection: &mut DbConnection, user: UserId) -> Stored<Vec<PushSubscription>> {
    Ok(push_subscriptions::table
        .filter(push_subscriptions::user_id.eq(user))
        .order(push_subscriptions::id)
        .load(connection)?)
}

/// Everybody for whom some browser rings.
pub fn users(connection: &mut DbConnection) -> Stored<BTreeSet<UserId>> {
    let users: Vec<UserId> =
        push_subscriptions::table.select(push_subscriptions::user_id).distinct().load(connection)?;
    Ok(users.into_iter().collect())
}

pub fn find(connection: &mut DbConnection, id: SubscriptionId) -> Stored<Option<PushSubscription>> {
    Ok(push_subscriptions::table.find(id).first(connection).optional()?)
}

pub fn with_endpoint(connection: &mut DbConnection, endpoint: &str) -> Stored<Option<PushSubscription>> {
    Ok(push_subscriptions::table.filter(push_subscriptions::endpoint.eq(endpoint)).first(connection).optional()?)
}

pub fn insert(tx: &mut Writer<'_>, new: &NewSubscription<'_>, now: NaiveDateTime) -> Stored<SubscriptionId> {
    Ok(diesel::insert_into(push_subscriptions::table)
        .values((
            push_subscriptions::user_id.eq(new.user_id),
            push_subscriptions::session_id.eq(new.session_id),
            push_subscriptions::endpoint.eq(new.endpoint),
            push_subscriptions::p256dh.eq(new.p256dh),
            push_subscriptions::auth.eq(new.auth),
            push_subscriptions::user_agent.eq(new.user_agent),
            push_subscriptions::created_at.eq(now),
        ))
        .returning(push_subscriptions::id)
        .get_result(&mut **tx)?)
}

/// The same browser under whoever is signed in there now.
pub fn move_to(tx: &mut Writer<'_>, id: SubscriptionId, user: UserId, session: SessionId) -> Stored<()> {
    diesel::update(push_subscriptions::table.find(id))
        .set((push_subscriptions::user_id.eq(user), push_subscriptions::session_id.eq(session)))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn delete(tx: &mut Writer<'_>, id: SubscriptionId) -> Stored<bool> {
    Ok(diesel::delete(push_subscriptions::table.find(id)).execute(&mut **tx)? > 0)
}

pub fn succeeded(tx: &mut Writer<'_>, id: SubscriptionId, now: NaiveDateTime) -> Stored<()> {
    diesel::update(push_subscriptions::table.find(id))
        .set((
            push_subscriptions::last_success_at.eq(now),
            push_subscriptions::last_error.eq(None::<String>),
            push_subscriptions::last_error_at.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn failed(tx: &mut Writer<'_>, id: SubscriptionId, words: &str, now: NaiveDateTime) -> Stored<()> {
    diesel::update(push_subscriptions::table.find(id))
        .set((push_subscriptions::last_error.eq(words), push_subscriptions::last_error_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}
