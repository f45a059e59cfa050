use chrono::NaiveDateTime;

use super::bring_conversations::{bring_conversations, link};
use super::client_details::MOST_PHONES;
use super::facts::{self, Known, staff_member};
use super::update_client::editable;
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_bring_conversation, may_link_client, may_read, sees_on_dashboard};
use crate::domain::{ClientActivityKind, ClientId, ConversationId, OutsideAddress, PhoneKind};
use crate::store::client_phones::{self, ClientPhone};
use crate::store::{Writer, client_activity, conversations};

/// The conversation is with this client, beside those it is with already. Thread and assignments stay. The record gets
/// the phone, and with it what was texted with that phone over the other numbers of ours, where this person reads it.
pub fn link_client(tx: &mut Writer<'_>, by: &By, id: ConversationId, client: ClientId, now: NaiveDateTime) -> Done<()> {
    let known = linkable(tx, by, id, client)?;
    if known.facts.clients.iter().any(|linked| linked.id == client) {
        return Ok(());
    }
    let address = OutsideAddress::from_gateway(&known.row.phone);
    let mut detail = address.display();
    match &address {
        OutsideAddress::Phone(phone) => {
            if add_phone(tx, client, phone.as_str())? {
                detail.push_str(", added to the record");
            }
            bring_conversations(tx, by, client, phone.as_str(), now)?;
        }
        // A short code is nobody's phone: only this conversation is theirs
        OutsideAddress::Opaque(_) => {
            link(tx, by, id, client, now)?;
        }
    }
    Ok(client_activity::insert(tx, client, ClientActivityKind::Linked, Some(by.user.id), &detail, now)?)
}

/// The conversation is not with this client. The record keeps the phone, unless that goes too: then no conversation
/// with it that this person reads is theirs any more. The others stay on the record, as those of a former phone.
pub fn unlink_client(
    tx: &mut Writer<'_>,
    by: &By,
    id: ConversationId,
    client: ClientId,
    phone_goes: bool,
    now: NaiveDateTime,
) -> Done<()> {
    let known = linkable(tx, by, id, client)?;
    let (mut leaving, mut changed) = (vec![id], false);
    let mut detail = OutsideAddress::from_gateway(&known.row.phone).display();
    if phone_goes && remove_phone(tx, client, &known.row.phone)? {
        detail.push_str(", removed from the record");
        leaving = readable_with_phone(tx, by, &known.row.phone)?;
        changed = true;
    }
    for conversation in leaving {
        let before = facts::readers_of(tx, conversation)?;
        if conversations::unlink(tx, conversation, client)? {
            changed = true;
            facts::announce(tx, conversation, &before)?;
        }
    }
    if !changed {
        return Ok(());
    }
    client_activity::insert(tx, client, ClientActivityKind::Unlinked, Some(by.user.id), &detail, now)?;
    Ok(by.record(tx, "conversation.unlinked", format!("conversation {id}"), &format!("client {client}"), now)?)
}

/// Whoever may bring a conversation to a record by its phone may take it away so, and nobody else.
fn readable_with_phone(tx: &mut Writer<'_>, by: &By, phone: &str) -> Done<Vec<ConversationId>> {
    let person = staff_member(&by.user);
    let mut readable = Vec::new();
    for id in conversations::with_phone(tx, phone)? {
        let known = facts::conversation(tx, id)?;
        readable.extend(known.filter(|known| may_bring_conversation(&person, &known.facts)).map(|_| id));
    }
    Ok(readable)
}

/// The conversation, if this person may say whether it is with this client.
fn linkable(tx: &mut Writer<'_>, by: &By, id: ConversationId, client: ClientId) -> Done<Known> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(&by.user);
    if !may_read(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !sees_on_dashboard(&person, &known.facts) {
        return Err(Error::Forbidden("Only who sees this conversation on the dashboard may say whose it is.".into()));
    }
    let (client, before) = editable(tx, by, client)?;
    let record = ClientRecord { id: client.id, holders: before.holders.values().copied().collect() };
    if !may_link_client(&person, &known.facts, &record) {
        return Err(Error::Forbidden("Your role may not change whose conversation this is.".into()));
    }
    Ok(known)
}

/// Answers whether the record lacked it.
fn add_phone(tx: &mut Writer<'_>, client: ClientId, phone: &str) -> Done<bool> {
    let mut phones = client_phones::of_client(tx, client)?;
    if phones.iter().any(|one| one.phone == phone) {
        return Ok(false);
    }
    if phones.len() >= MOST_PHONES {
        return Err(Error::Invalid("This record has 10 phones already. Remove one there first.".to_owned()));
    }
    phones.push(ClientPhone { kind: PhoneKind::Mobile, phone: phone.to_owned(), texting: phones.is_empty() });
    client_phones::replace(tx, client, &phones)?;
    Ok(true)
}

/// Answers whether the record had it. The first of the others takes the texts, if this one did.
fn remove_phone(tx: &mut Writer<'_>, client: ClientId, phone: &str) -> Done<bool> {
    let before = client_phones::of_client(tx, client)?;
    let mut phones: Vec<ClientPhone> = before.iter().filter(|one| one.phone != phone).cloned().collect();
    if phones.len() == before.len() {
        return Ok(false);
    }
    if !phones.iter().any(|one| one.texting)
        && let Some(first) = phones.first_mut()
    {
        first.texting = true;
    }
    client_phones::replace(tx, client, &phones)?;
    Ok(true)
}
