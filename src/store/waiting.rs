//! Who waits for whom in a conversation, and since when. Automated texts change neither.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::conversations;
use super::{Stored, Writer};
use crate::domain::ConversationId;

/// The client wrote: they wait from their first text on that nobody answered, and we do not wait any more.
pub fn client_wrote(tx: &mut Writer<'_>, id: ConversationId, at: NaiveDateTime) -> Stored<()> {
    let conversation = conversations::table.find(id);
    diesel::update(conversation).set(conversations::we_wait_since.eq(None::<NaiveDateTime>)).execute(&mut **tx)?;
    diesel::update(conversation.filter(conversations::client_waits_since.is_null()))
        .set(conversations::client_waits_since.eq(at))
        .execute(&mut **tx)?;
    Ok(())
}

/// A person of ours wrote: we wait from now on, and the client does not.
pub fn we_wrote(tx: &mut Writer<'_>, id: ConversationId, at: NaiveDateTime) -> Stored<()> {
    diesel::update(conversations::table.find(id))
        .set((conversations::we_wait_since.eq(at), conversations::client_waits_since.eq(None::<NaiveDateTime>)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Nobody waits: the phone is blocked, or the conversation was put aside.
pub fn nobody(tx: &mut Writer<'_>, id: ConversationId) -> Stored<()> {
    let none = None::<NaiveDateTime>;
    diesel::update(conversations::table.find(id))
        .set((conversations::we_wait_since.eq(none), conversations::client_waits_since.eq(none)))
        .execute(&mut **tx)?;
    Ok(())
}
