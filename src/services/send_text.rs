use chrono::NaiveDateTime;

use super::facts::{self, Known, staff_member};
use super::locked::why_locked;
use super::receive_text::short;
use super::{Done, Error, Job};
use crate::assignment_policy::may_read;
use crate::domain::{
    AssignmentReason, ConversationId, DeliveryStatus, Direction, MessageId, SmsText, TimelineKind, Topic,
};
use crate::store::assignments::{self, NewAssignment};
use crate::store::messages::{self, NewMessage};
use crate::store::timeline::{self, NewEntry};
use crate::store::users::User;
use crate::store::{DbConnection, Writer, conversations, notifications, unreads, waiting};

/// Queues a text and assigns whoever sends it, in one transaction. Nobody is notified of that.
pub fn send_text(
    tx: &mut Writer<'_>,
    sender: &User,
    id: ConversationId,
    text: &SmsText,
    now: NaiveDateTime,
) -> Done<MessageId> {
    let known = open_for(tx, sender, id)?;
    queue_text(tx, sender, &known, text, now)
}

/// The conversation, if this person may send in it now, through either door.
pub fn open_for(connection: &mut DbConnection, sender: &User, id: ConversationId) -> Done<Known> {
    let known = facts::conversation(connection, id)?.ok_or(Error::NotFound)?;
    if !may_read(&staff_member(sender), &known.facts) {
        return Err(Error::NotFound);
    }
    match why_locked(connection, sender, &known)? {
        Some(why) => Err(Error::Forbidden(why.into())),
        None => Ok(known),
    }
}

pub(super) fn queue_text(
    tx: &mut Writer<'_>,
    sender: &User,
    known: &Known,
    text: &SmsText,
    now: NaiveDateTime,
) -> Done<MessageId> {
    let id = known.row.id;
    let before = facts::viewers(&facts::staff(tx)?, &known.facts);
    let message = put_in_line(tx, sender, known, text, now)?;
    conversations::set_attention(tx, id, false)?;
    unreads::clear(tx, id, sender.id)?;
    if notifications::see_conversation(tx, sender.id, id, None)? {
        tx.announce(Topic::Notifications(sender.id));
    }
    facts::announce(tx, id, &before)?;
    Ok(message)
}

/// The text itself and who is responsible for it. Nobody need sit before the screen, so what is unread stays unread.
pub(super) fn put_in_line(
    tx: &mut Writer<'_>,
    sender: &User,
    known: &Known,
    text: &SmsText,
    now: NaiveDateTime,
) -> Done<MessageId> {
    let id = known.row.id;
    let message = messages::insert(
        tx,
        &NewMessage {
            conversation_id: id,
            direction: Direction::Out,
            body: text.as_str(),
            status: DeliveryStatus::Waiting,
            sender: Some(sender.id),
            gateway_id: known.row.gateway_id,
            provider_message_id: None,
            flagged: false,
        },
        now,
    )?;
    conversations::set_last_message(tx, id, now.max(known.row.last_message_at), &short(text.as_str()), Direction::Out)?;
    waiting::we_wrote(tx, id, now)?;
    let assignment =
        NewAssignment { conversation_id: id, user_id: sender.id, reason: AssignmentReason::Replied, by: None };
    if assignments::insert(tx, &assignment, now)? {
        timeline::insert(
            tx,
            &NewEntry {
                conversation_id: id,
                kind: TimelineKind::Assigned,
                actor: Some(sender.id),
                subject: Some(sender.id),
                reason: Some(AssignmentReason::Replied),
            },
            now,
        )?;
    }
    Job::SendText { message }.enqueue(tx, now, now)?;
    Ok(message)
}
