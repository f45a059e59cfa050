//! From rows to the policy's facts.

use crate::assignment_policy::{ClientRecord, Conversation, Staff, may_read, sees_on_dashboard};
use crate::domain::{ConversationId, Topic, UserId};
use crate::store::conversations::{self, Conversation as Row};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, Writer, assignments, opt_outs, users};

/// Everybody the policy has to think of.
pub fn staff(connection: &mut DbConnection) -> Stored<Vec<Staff>> {
    Ok(users::all(connection)?.iter().map(staff_member).collect())
}

pub fn staff_member(user: &User) -> Staff {
    Staff { id: user.id, active: user.active, may: user.may }
}

/// A conversation as stored, and as the policy sees it.
pub struct Known {
    pub row: Row,
    pub facts: Conversation,
}

pub fn conversation(connection: &mut DbConnection, id: ConversationId) -> Stored<Option<Known>> {
    let Some(row) = conversations::find(connection, id)? else { return Ok(None) };
    let facts = Conversation {
        assigned: assignments::user_ids(connection, id)?,
        clients: conversations::linked_clients(connection, id)?
            .into_iter()
            .map(|client| ClientRecord { id: client.id, holders: client.holders })
            .collect(),
        opted_out: opt_outs::exists(connection, &row.phone)?,
        blocked: row.blocked,
    };
    Ok(Some(Known { row, facts }))
}

/// Who sees it on their dashboard.
pub fn viewers(staff: &[Staff], facts: &Conversation) -> Vec<UserId> {
    staff.iter().filter(|user| sees_on_dashboard(user, facts)).map(|user| user.id).collect()
}

/// Who may read it, through either door.
fn readers(staff: &[Staff], facts: &Conversation) -> Vec<UserId> {
    staff.iter().filter(|user| may_read(user, facts)).map(|user| user.id).collect()
}

/// Who may read a conversation now, to be told when it changes.
pub(super) fn readers_of(connection: &mut DbConnection, id: ConversationId) -> Stored<Vec<UserId>> {
    let Some(known) = conversation(connection, id)? else { return Ok(Vec::new()) };
    Ok(readers(&staff(connection)?, &known.facts))
}

/// Tells the open pages of everybody who reads the conversation as it is now, and of those who did before.
pub(super) fn announce(tx: &mut Writer<'_>, id: ConversationId, before: &[UserId]) -> Stored<()> {
    let Some(now) = conversation(tx, id)? else { return Ok(()) };
    let mut seen_by = readers(&staff(tx)?, &now.facts);
    seen_by.extend(before);
    seen_by.sort_unstable();
    seen_by.dedup();
    tx.announce(Topic::Conversation { id, seen_by });
    Ok(())
}
