//! What happened to a conversation beside its texts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::timeline;
use super::{Stored, Writer};
use crate::domain::{AssignmentReason, AutomationId, ConversationId, TimelineKind, UserId};

pub struct NewEntry {
    pub conversation_id: ConversationId,
    pub kind: TimelineKind,
    pub actor: Option<UserId>,
    pub subject: Option<UserId>,
    pub reason: Option<AssignmentReason>,
}

pub fn insert(tx: &mut Writer<'_>, new: &NewEntry, now: NaiveDateTime) -> Stored<()> {
    insert_of(tx, new, None, now)
}

/// The same of what an automation did.
pub fn insert_of(
    tx: &mut Writer<'_>,
    new: &NewEntry,
    automation: Option<AutomationId>,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::insert_into(timeline::table)
        .values((
            timeline::conversation_id.eq(new.conversation_id),
            timeline::kind.eq(new.kind),
            timeline::actor_user_id.eq(new.actor),
            timeline::subject_user_id.eq(new.subject),
            timeline::reason.eq(new.reason),
            timeline::automation_id.eq(automation),
            timeline::at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
