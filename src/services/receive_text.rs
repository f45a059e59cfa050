use chrono::NaiveDateTime;
use unicode_segmentation::UnicodeSegmentation;

use super::automations::{self, Happening, Text};
use super::{Done, facts, outgoing, phones, push_text};
use crate::assignment_policy::{audience, sees_on_dashboard};
use crate::domain::{
    ConversationId, DeliveryStatus, Direction, GatewayKind, Keyword, MessageId, NotificationKind, OutsideAddress,
    TimelineKind, Topic, looks_like_opt_out,
};
use crate::gateway::InboundText;
use crate::store::conversations::Conversation;
use crate::store::messages::{self, NewMessage};
use crate::store::notifications::NewNotification;
use crate::store::timeline::{self, NewEntry};
use crate::store::{Writer, clients, company, conversations, opt_outs, unreads};

/// A text that came in: stored now, or stored before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    Stored { conversation: ConversationId, message: MessageId },
    Repeated,
}

/// Stores a text from outside once, decides who is told, and queues their pushes.
pub fn receive_text(
    tx: &mut Writer<'_>,
    gateway: GatewayKind,
    text: &InboundText,
    now: NaiveDateTime,
) -> Done<Received> {
    let number = phones::our_number(tx, gateway, &text.to, now)?;
    if messages::of_provider(tx, number.gateway_id, &text.provider_message_id)?.is_some() {
        return Ok(Received::Repeated);
    }
    let from = OutsideAddress::from_gateway(&text.from);
    let is_first = is_unknown(tx, from.as_str())?;
    let id = match conversations::between(tx, number.id, from.as_str())? {
        Some(id) => id,
        None => {
            let clients = clients::with_phone(tx, from.as_str())?;
            conversations::insert(tx, number.id, from.as_str(), &clients, now)?
        }
    };
    let Some(known) = facts::conversation(tx, id)? else { return Err(super::Error::NotFound) };
    let at = now.max(known.row.last_message_at);

    let keyword = Keyword::of(&text.body, known.facts.opted_out);
    let blocked = known.row.blocked;
    let flagged = keyword.is_none() && looks_like_opt_out(&text.body);
    let message = messages::insert(
        tx,
        &NewMessage {
            conversation_id: id,
            direction: Direction::In,
            body: &text.body,
            status: DeliveryStatus::Received,
            sender: None,
            gateway_id: number.gateway_id,
            provider_message_id: Some(&text.provider_message_id),
            flagged,
        },
        now,
    )?;
    for picture in &text.media {
        messages::add_media(tx, message, &picture.url, &picture.content_type)?;
    }
    conversations::set_last_message(tx, id, at, &preview(text), Direction::In)?;
    if flagged && !blocked {
        conversations::set_attention(tx, id, true)?;
    }
    if known.row.closed && !blocked {
        conversations::set_closed(tx, id, false)?;
        note(tx, id, TimelineKind::Reopened, now)?;
    }
    obey(tx, keyword, &known.row, message, now)?;
    tell(tx, id, message, at, now)?;
    if !blocked {
        automate(tx, keyword, &Text { conversation: id, message, body: &text.body, is_first }, now)?;
    }
    facts::announce(tx, id, &[])?;
    Ok(Received::Stored { conversation: id, message })
}

/// No record has this phone, and no text ever went between it and us.
fn is_unknown(tx: &mut Writer<'_>, phone: &str) -> Done<bool> {
    Ok(conversations::with_phone(tx, phone)?.is_empty() && clients::with_phone(tx, phone)?.is_empty())
}

/// A reply stops runs, and a text begins some. STOP begins none, and orders to the carrier are no reply.
fn automate(tx: &mut Writer<'_>, keyword: Option<Keyword>, text: &Text<'_>, now: NaiveDateTime) -> Done<()> {
    if keyword.is_none() {
        automations::replied(tx, text.conversation, now)?;
    }
    if keyword == Some(Keyword::OptOut) {
        return Ok(());
    }
    automations::happened(tx, Happening::Text(*text), now)
}

/// STOP and START hold for the whole company, in the transaction that stores them.
fn obey(
    tx: &mut Writer<'_>,
    keyword: Option<Keyword>,
    row: &Conversation,
    message: MessageId,
    now: NaiveDateTime,
) -> Done<()> {
    match keyword {
        Some(Keyword::OptOut) => {
            opt_outs::insert(tx, &row.phone, Some(message), now)?;
            note(tx, row.id, TimelineKind::OptedOut, now)?;
            outgoing::block_waiting(tx, &row.phone, now)?;
        }
        Some(Keyword::OptIn) => {
            if opt_outs::delete(tx, &row.phone)? {
                note(tx, row.id, TimelineKind::OptedIn, now)?;
            }
        }
        Some(Keyword::Help) | None => {}
    }
    Ok(())
}

/// Marks the conversation unread for who sees it, and notifies the audience; on a plan without SMS nobody is notified.
/// Of a blocked phone nobody is to know anything, so nothing is unread either.
fn tell(
    tx: &mut Writer<'_>,
    id: ConversationId,
    message: MessageId,
    at: NaiveDateTime,
    now: NaiveDateTime,
) -> Done<()> {
    let Some(known) = facts::conversation(tx, id)?.filter(|known| !known.facts.blocked) else { return Ok(()) };
    let staff = facts::staff(tx)?;
    for user in staff.iter().filter(|user| sees_on_dashboard(user, &known.facts)) {
        unreads::mark(tx, id, user.id, message, at)?;
    }
    if !company::has_sms(tx)? {
        return Ok(());
    }
    for told in audience(&staff, &known.facts) {
        let notification = NewNotification {
            user_id: told.user,
            kind: NotificationKind::Inbound,
            reason: told.reason,
            conversation_id: id,
            message_id: Some(message),
            actor: None,
        };
        push_text::notify(tx, &notification, now, now)?;
        tx.announce(Topic::Notifications(told.user));
    }
    Ok(())
}

fn note(tx: &mut Writer<'_>, id: ConversationId, kind: TimelineKind, now: NaiveDateTime) -> Done<()> {
    let entry = NewEntry { conversation_id: id, kind, actor: None, subject: None, reason: None };
    Ok(timeline::insert(tx, &entry, now)?)
}

fn preview(text: &InboundText) -> String {
    if text.body.trim().is_empty() && !text.media.is_empty() {
        return if text.media.len() == 1 { "Picture".to_owned() } else { format!("{} pictures", text.media.len()) };
    }
    short(&text.body)
}

/// The beginning of a text as the list shows it, on one line.
pub(super) fn short(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    line.graphemes(true).take(140).collect()
}
