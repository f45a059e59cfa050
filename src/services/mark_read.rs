use super::Done;
use crate::domain::{ConversationId, MessageId, Topic, UserId};
use crate::store::{Writer, notifications, unreads};

/// This person had the conversation before their eyes, up to a text: nothing until there is new to them any more.
pub fn mark_read(tx: &mut Writer<'_>, user: UserId, id: ConversationId, shown: MessageId) -> Done<()> {
    let read = unreads::clear_until(tx, id, user, shown)?;
    let seen = notifications::see_conversation(tx, user, id, Some(shown))?;
    if read {
        tx.announce(Topic::Conversation { id, seen_by: vec![user] });
    }
    if seen {
        tx.announce(Topic::Notifications(user));
    }
    Ok(())
}
