//! The audit log: who did what, when, from where. Append-only; never a message's body.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::audit_log;
use super::{Stored, Writer};
use crate::domain::UserId;

pub struct Entry<'a> {
    pub actor: Option<UserId>,
    /// What was done, as `user.signed_in`.
    pub action: &'a str,
    /// To what, as `user 7`.
    pub subject: &'a str,
    pub detail: &'a str,
    /// The network address it came from; empty for the command line.
    pub address: &'a str,
}

pub fn record(tx: &mut Writer<'_>, entry: &Entry<'_>, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::at.eq(now),
            audit_log::actor_user_id.eq(entry.actor),
            audit_log::action.eq(entry.action),
            audit_log::subject.eq(entry.subject),
            audit_log::detail.eq(entry.detail),
            audit_log::address.eq(entry.address),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
