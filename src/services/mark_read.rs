use super::Done;
use crate::domain::{ConversationId, Topic, UserId};
use crate::store::{Writer, notifications, unreads};

/// This person has the conversation before their eyes: nothing in it is new to them any more.
pub fn mark_read(tx: &mut Writer<'_>, user: UserId, id: ConversationId) -> Done<()> {
    let read = unreads::clear(tx, id, user)?;
    let seen = notifications::see_conversation(tx, user, id)?;
    if read {
        tx.announce(Topic::Conversation { id, seen_by: vec![user] });
    }
    if seen {
        tx.announce(Topic::Notifications(user));
    }
    Ok(())
}
