use chrono::NaiveDateTime;

use super::facts::{self, Known, staff_member};
use super::send_text::{queue_text, why_locked};
use super::{Done, Error};
use crate::assignment_policy::{ClientRecord, can_be_told, may_read_texts_of};
use crate::domain::{ClientId, ConversationId, NumberId, PhoneNumber, SmsAccess, SmsText};
use crate::store::users::User;
use crate::store::{Writer, client_phones, client_positions, clients, conversations, gateways};

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
        return Err(Error::Forbidden(MAY_ONLY_READ));
    }
    let known = open(tx, new, now)?;
    send(tx, sender, &known, new.text, now)
}

/// The same from a client record, to one of its phones: whoever may open the record may write from there.
pub fn text_client(
    tx: &mut Writer<'_>,
    sender: &User,
    client: ClientId,
    new: &NewText<'_>,
    now: NaiveDateTime,
) -> Done<ConversationId> {
    let record = ClientRecord { id: client, holders: client_positions::holders(tx, client)? };
    if !may_read_texts_of(&staff_member(sender), &record) || clients::find(tx, client)?.is_none() {
        return Err(Error::NotFound);
    }
    if sender.may.sms_access < SmsAccess::Create {
        return Err(Error::Forbidden(MAY_ONLY_READ));
    }
    if !client_phones::of_client(tx, client)?.iter().any(|phone| phone.phone == new.to.as_str()) {
        return Err(Error::Invalid("Choose one of the phones of this record.".to_owned()));
    }
    let known = open(tx, new, now)?;
    // It may have been unlinked by hand; who writes from the record says that it belongs here
    if conversations::link(tx, known.row.id, client)? {
        facts::announce(tx, known.row.id, &[])?;
    }
    send(tx, sender, &known, new.text, now)
}

const MAY_ONLY_READ: &str = "Your role may read texts but not send them.";

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
    if known.facts.opted_out || known.facts.blocked {
        return Err(Error::Forbidden(why_locked(sender, known).unwrap_or("Nothing can be sent to this phone.")));
    }
    queue_text(tx, sender, known, text, now)?;
    Ok(known.row.id)
}
