//! The one place where a phone opts out and in. Whoever calls it has decided that it may be.

use chrono::NaiveDateTime;

use super::{Done, facts, outgoing};
use crate::domain::{ConsentKind, ConsentSource, ConversationId, MessageId, TimelineKind, UserId};
use crate::store::consents::{self, NewConsent};
use crate::store::timeline::{self, NewEntry};
use crate::store::{Stored, Writer, conversations, opt_outs};

/// Who said it, and where.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub source: ConsentSource,
    /// Where it stands in the timeline; in every conversation with the phone, if it belongs to none.
    pub conversation: Option<ConversationId>,
    pub message: Option<MessageId>,
    /// One of us.
    pub by: Option<UserId>,
    pub note: &'a str,
}

/// Nothing is sent to this phone from now on, from none of our numbers; what waits is blocked. Answers whether it is new.
pub fn opt_out(tx: &mut Writer<'_>, phone: &str, said: &Said<'_>, now: NaiveDateTime) -> Done<bool> {
    let is_new = !opt_outs::exists(tx, phone)?;
    record_opt_out(tx, phone, said, now)?;
    outgoing::block_waiting(tx, phone, now)?;
    if is_new {
        tell(tx, phone, TimelineKind::OptedOut, said, now)?;
    }
    Ok(is_new)
}

/// It may be texted again. Answers whether it had opted out.
pub fn opt_in(tx: &mut Writer<'_>, phone: &str, said: &Said<'_>, now: NaiveDateTime) -> Done<bool> {
    let was_out = record_opt_in(tx, phone, said, now)?;
    if was_out {
        tell(tx, phone, TimelineKind::OptedIn, said, now)?;
    }
    Ok(was_out)
}

/// A person notes that the client agreed. It opts nobody in.
pub fn give(tx: &mut Writer<'_>, phone: &str, said: &Said<'_>, now: NaiveDateTime) -> Done<()> {
    Ok(note(tx, phone, ConsentKind::ConsentGiven, said, now)?)
}

/// Only what is kept of an opt-out, for the demo company, in which nothing waits and nobody looks.
pub(super) fn record_opt_out(tx: &mut Writer<'_>, phone: &str, said: &Said<'_>, now: NaiveDateTime) -> Stored<()> {
    let kind = match (said.source, said.message) {
        (ConsentSource::Staff, Some(_)) => ConsentKind::ConsentWithdrawn,
        _ => ConsentKind::OptedOut,
    };
    match opt_outs::find(tx, phone)? {
        None => opt_outs::insert(tx, phone, said.source, said.message, now)?,
        // From now on it is theirs: one of us can no longer undo it
        Some(known) if said.source.is_the_clients_own() && !known.source.is_the_clients_own() => {
            opt_outs::set_source(tx, phone, said.source, said.message)?;
        }
        Some(_) if kind == ConsentKind::ConsentWithdrawn => {}
        Some(_) => return Ok(()),
    }
    note(tx, phone, kind, said, now)
}

pub(super) fn record_opt_in(tx: &mut Writer<'_>, phone: &str, said: &Said<'_>, now: NaiveDateTime) -> Stored<bool> {
    if !opt_outs::delete(tx, phone)? {
        return Ok(false);
    }
    note(tx, phone, ConsentKind::OptedIn, said, now)?;
    Ok(true)
}

fn note(tx: &mut Writer<'_>, phone: &str, kind: ConsentKind, said: &Said<'_>, now: NaiveDateTime) -> Stored<()> {
    let new = NewConsent {
        phone,
        kind,
        source: said.source,
        user: said.by,
        conversation: said.conversation,
        message: said.message,
        note: said.note,
    };
    consents::insert(tx, &new, now)
}

/// The composers of all conversations with this phone lock or unlock.
fn tell(tx: &mut Writer<'_>, phone: &str, kind: TimelineKind, said: &Said<'_>, now: NaiveDateTime) -> Done<()> {
    for id in conversations::with_phone(tx, phone)? {
        if said.conversation.is_none_or(|conversation| conversation == id) {
            let entry = NewEntry { conversation_id: id, kind, actor: said.by, subject: None, reason: None };
            timeline::insert(tx, &entry, now)?;
        }
        facts::announce(tx, id, &[])?;
    }
    Ok(())
}
