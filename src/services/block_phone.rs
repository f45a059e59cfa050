use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{By, Done, Error};
use crate::assignment_policy::{may_block, may_read};
use crate::domain::{ConversationId, TimelineKind};
use crate::store::timeline::{self, NewEntry};
use crate::store::{Writer, conversations, unreads, waiting};

/// From now on the texts of this phone are kept and tell nobody, over all numbers of ours.
pub fn block_phone(tx: &mut Writer<'_>, by: &By, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    set_blocked(tx, by, id, true, now)
}

pub fn unblock_phone(tx: &mut Writer<'_>, by: &By, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    set_blocked(tx, by, id, false, now)
}

fn set_blocked(tx: &mut Writer<'_>, by: &By, id: ConversationId, blocked: bool, now: NaiveDateTime) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(&by.user);
    if !may_read(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !may_block(&person, &known.facts) {
        return Err(Error::Forbidden(
            "Your role may read this conversation but not block or unblock its phone.".into(),
        ));
    }
    if known.row.blocked == blocked {
        return Ok(());
    }
    let kind = if blocked { TimelineKind::Blocked } else { TimelineKind::Unblocked };
    for conversation in conversations::with_phone(tx, &known.row.phone)? {
        conversations::set_blocked(tx, conversation, blocked)?;
        if blocked {
            unreads::clear_all(tx, conversation)?;
            conversations::set_attention(tx, conversation, false)?;
            waiting::nobody(tx, conversation)?;
        }
        let entry =
            NewEntry { conversation_id: conversation, kind, actor: Some(by.user.id), subject: None, reason: None };
        timeline::insert(tx, &entry, now)?;
        facts::announce(tx, conversation, &[])?;
    }
    let action = if blocked { "phone.blocked" } else { "phone.unblocked" };
    Ok(by.record(tx, action, format!("conversation {id}"), "", now)?)
}
