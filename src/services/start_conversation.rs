use chrono::NaiveDateTime;

use super::facts::{self, staff_member};
use super::send_text::{queue_text, why_locked};
use super::{Done, Error};
use crate::assignment_policy::can_be_told;
use crate::domain::{ConversationId, NumberId, PhoneNumber, SmsAccess, SmsText};
use crate::store::users::User;
use crate::store::{Writer, clients, conversations, gateways};

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
        return Err(Error::Forbidden("Your role may read texts but not send them."));
    }
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
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    if known.facts.opted_out {
        return Err(Error::Forbidden(why_locked(sender, &known).unwrap_or("This phone opted out.")));
    }
    queue_text(tx, sender, &known, new.text, now)?;
    Ok(id)
}
