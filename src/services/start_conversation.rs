use chrono::NaiveDateTime;

use super::bring_conversations::link;
use super::facts::{self, Known, staff_member};
use super::locked::{MAY_ONLY_READ, why_silent};
use super::send_text::queue_text;
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, can_be_told, may_link_client, may_read, may_read_texts_of};
use crate::domain::{
    ClientActivityKind, ClientId, ConversationId, NumberId, OutsideAddress, PhoneNumber, SmsAccess, SmsText,
};
use crate::store::users::User;
use crate::store::{Writer, client_activity, client_phones, client_positions, clients, conversations, gateways};

/// A text to any phone, from a number of ours.
pub struct NewText<'a> {
    pub to: &'a PhoneNumber,
    pub number_id: NumberId,
    pub text: &'a SmsText,
}

/// Opens the conversation, or goes on with the one there is, and assigns the sender.
pub fn start_conversation(
    tx: &mut Writer<'_>,
    sender: &User,
    new: &NewText<'_>,
    now: NaiveDateTime,
) -> Done<ConversationId> {
    if !can_be_told(&staff_member(sender)) {
        return Err(Error::NotFound);
    }
    if sender.may.sms_access < SmsAccess::Create {
        return Err(Error::Forbidden(MAY_ONLY_READ.into()));
    }
    let known = open(tx, new, now)?;
    send(tx, sender, &known, new.text, now)
}

/// The same from a client record, to one of its phones: whoever may open the record may write from there.
pub fn text_client(
    tx: &mut Writer<'_>,
    by: &By,
    client: ClientId,
    new: &NewText<'_>,
    now: NaiveDateTime,
) -> Done<ConversationId> {
    let sender = &by.user;
    let record = ClientRecord { id: client, holders: client_positions::holders(tx, client)? };
    if !may_read_texts_of(&staff_member(sender), &record) || clients::find(tx, client)?.is_none() {
        return Err(Error::NotFound);
    }
    if sender.may.sms_access < SmsAccess::Create {
        return Err(Error::Forbidden(MAY_ONLY_READ.into()));
    }
    if !client_phones::of_client(tx, client)?.iter().any(|phone| phone.phone == new.to.as_str()) {
        return Err(Error::Invalid("Choose one of the phones of this record.".to_owned()));
    }
    let known = open(tx, new, now)?;
    if !known.facts.clients.iter().any(|linked| linked.id == client) {
        bring_back(tx, by, &known, &record, now)?;
    }
    send(tx, sender, &known, new.text, now)
}

/// It is not on the record: unlinked by hand, or there before the record had the phone. Writing from the record says
/// that it belongs there, for whoever may say so.
fn bring_back(tx: &mut Writer<'_>, by: &By, known: &Known, record: &ClientRecord, now: NaiveDateTime) -> Done<()> {
    let person = staff_member(&by.user);
    if !may_read(&person, &known.facts) || !may_link_client(&person, &known.facts, record) {
        return Err(Error::Forbidden(
            "There is a conversation with this phone that is not on this record. Somebody who sees it can link it."
                .into(),
        ));
    }
    link(tx, by, known.row.id, record.id, now)?;
    let detail = OutsideAddress::from_gateway(&known.row.phone).display();
    Ok(client_activity::insert(tx, record.id, ClientActivityKind::Linked, Some(by.user.id), &detail, now)?)
}

fn open(tx: &mut Writer<'_>, new: &NewText<'_>, now: NaiveDateTime) -> Done<Known> {
    let number = gateways::number(tx, new.number_id)?
        .ok_or_else(|| Error::Invalid("Choose the number to send from.".to_owned()))?;
    let phone = new.to.as_str();
    if gateways::numbers(tx)?.iter().any(|ours| ours.phone == phone) {
        return Err(Error::Invalid("That is one of your own numbers. Enter the client's phone.".to_owned()));
    }
    let id = match conversations::between(tx, number.id, phone)? {
        Some(id) => id,
        None => {
            let clients = clients::with_phone(tx, phone)?;
            conversations::insert(tx, number.id, phone, &clients, now)?
        }
    };
    facts::conversation(tx, id)?.ok_or(Error::NotFound)
}

/// Whether they saw the conversation before does not count: they see the one that begins with their text.
fn send(tx: &mut Writer<'_>, sender: &User, known: &Known, text: &SmsText, now: NaiveDateTime) -> Done<ConversationId> {
    if (known.facts.opted_out || known.facts.blocked)
        && let Some(why) = why_silent(tx, sender, known)?
    {
        return Err(Error::Forbidden(why.into()));
    }
    queue_text(tx, sender, known, text, now)?;
    Ok(known.row.id)
}
