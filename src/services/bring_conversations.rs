use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::{By, Done};
use crate::assignment_policy::may_bring_conversation;
use crate::domain::{ClientActivityKind, ClientId, ConversationId, OutsideAddress};
use crate::store::{Writer, client_activity, conversations};

/// A record got a phone: the conversations with it are this client's from now on, and its history says so.
pub(super) fn phone_came(tx: &mut Writer<'_>, by: &By, client: ClientId, phone: &str, now: NaiveDateTime) -> Done<()> {
    if bring_conversations(tx, by, client, phone, now)? {
        let detail = OutsideAddress::from_gateway(phone).display();
        client_activity::insert(tx, client, ClientActivityKind::Linked, Some(by.user.id), &detail, now)?;
    }
    Ok(())
}

/// Every conversation with this phone, over all numbers of ours, that this person may bring. The others stay as they
/// are: somebody who sees them links them. Answers whether there were any.
pub(super) fn bring_conversations(
    tx: &mut Writer<'_>,
    by: &By,
    client: ClientId,
    phone: &str,
    now: NaiveDateTime,
) -> Done<bool> {
    let person = staff_member(&by.user);
    let mut brought = false;
    for id in conversations::with_phone(tx, phone)? {
        let known = facts::conversation(tx, id)?;
        if known.is_some_and(|known| may_bring_conversation(&person, &known.facts)) {
            brought |= link(tx, by, id, client, now)?;
        }
    }
    Ok(brought)
}

/// One conversation. Answers whether the link is new.
pub(super) fn link(
    tx: &mut Writer<'_>,
    by: &By,
    id: ConversationId,
    client: ClientId,
    now: NaiveDateTime,
) -> Done<bool> {
    let before = facts::readers_of(tx, id)?;
    let is_new = conversations::link(tx, id, client)?;
    if is_new {
        facts::announce(tx, id, &before)?;
        by.record(tx, "conversation.linked", format!("conversation {id}"), &format!("client {client}"), now)?;
    }
    Ok(is_new)
}
