use chrono::NaiveDateTime;

use super::consent::{self, Said};
use super::facts::{self, staff_member};
use super::{By, Done, Error};
use crate::assignment_policy::{ClientRecord, may_edit_client, may_note_consent, may_read_client, sees_on_dashboard};
use crate::domain::{ClientId, ConsentSource, ConversationId};
use crate::store::{DbConnection, Stored, Writer, client_phones, client_positions, clients, opt_outs};

/// What one of us does about a phone by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentDeed {
    /// They agreed, on the phone or on paper.
    Given,
    OptOut,
    /// Of an opt-out that was made by hand.
    UndoOptOut,
}

/// Longer notes are none.
pub const LONGEST_CONSENT_NOTE: usize = 500;

/// From a client record, about one of its phones.
pub fn note_consent_of_client(
    tx: &mut Writer<'_>,
    by: &By,
    client: ClientId,
    phone: &str,
    deed: ConsentDeed,
    note: &str,
    now: NaiveDateTime,
) -> Done<()> {
    let record = ClientRecord { id: client, holders: client_positions::holders(tx, client)? };
    let person = staff_member(&by.user);
    let has_phone = client_phones::of_client(tx, client)?.iter().any(|one| one.phone == phone);
    if clients::find(tx, client)?.is_none() || !may_read_client(&person, &record) || !has_phone {
        return Err(Error::NotFound);
    }
    if !may_edit_client(&person, &record) {
        return Err(Error::Forbidden("Your role may read this record but not change it.".into()));
    }
    let note = checked(note)?;
    let said = Said { source: ConsentSource::Staff, conversation: None, message: None, by: Some(by.user.id), note };
    do_it(tx, by, phone, deed, &said, &format!("client {client}"), now)
}

/// From a conversation on the dashboard, about the outside phone.
pub fn note_consent_of_conversation(
    tx: &mut Writer<'_>,
    by: &By,
    id: ConversationId,
    deed: ConsentDeed,
    note: &str,
    now: NaiveDateTime,
) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(&by.user);
    if !sees_on_dashboard(&person, &known.facts) {
        return Err(Error::NotFound);
    }
    if !may_note_consent(&person, &known.facts) {
        return Err(Error::Forbidden("Your role may read texts but not change who may be texted.".into()));
    }
    let note = checked(note)?;
    let said = Said { source: ConsentSource::Staff, conversation: Some(id), message: None, by: Some(by.user.id), note };
    do_it(tx, by, &known.row.phone, deed, &said, &format!("conversation {id}"), now)
}

/// Whether an opt-out is there that one of us may undo.
pub fn may_undo_opt_out(connection: &mut DbConnection, phone: &str) -> Stored<bool> {
    Ok(opt_outs::find(connection, phone)?.is_some_and(|out| !out.source.is_the_clients_own()))
}

fn do_it(
    tx: &mut Writer<'_>,
    by: &By,
    phone: &str,
    deed: ConsentDeed,
    said: &Said<'_>,
    subject: &str,
    now: NaiveDateTime,
) -> Done<()> {
    let (done, action) = match deed {
        ConsentDeed::Given => {
            consent::give(tx, phone, said, now)?;
            (true, "consent.given")
        }
        ConsentDeed::OptOut => (consent::opt_out(tx, phone, said, now)?, "phone.opted_out"),
        ConsentDeed::UndoOptOut => {
            if opt_outs::find(tx, phone)?.is_some_and(|out| out.source.is_the_clients_own()) {
                return Err(Error::Forbidden(
                    "The client opted out themselves, so nobody here can undo it. They opt in again by texting START \
                     from that phone."
                        .into(),
                ));
            }
            (consent::opt_in(tx, phone, said, now)?, "phone.opt_out_undone")
        }
    };
    if done {
        by.record(tx, action, subject, &ending(phone), now)?;
    }
    Ok(())
}

fn checked(note: &str) -> Done<&str> {
    match note.trim() {
        "" => Err(Error::Invalid("Say in a few words how you know: who told you, and when.".to_owned())),
        long if long.chars().count() > LONGEST_CONSENT_NOTE => {
            Err(Error::Invalid(format!("Shorten the note to {LONGEST_CONSENT_NOTE} characters.")))
        }
        note => Ok(note),
    }
}

/// Enough to tell the phones of a record apart.
pub(super) fn ending(phone: &str) -> String {
    let last: Vec<char> = phone.chars().rev().take(4).collect();
    format!("phone ending in {}", last.iter().rev().collect::<String>())
}
