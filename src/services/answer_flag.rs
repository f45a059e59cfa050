use chrono::NaiveDateTime;

use super::consent::{self, Said};
use super::facts::{self, staff_member};
use super::note_consent::ending;
use super::{By, Done, Error};
use crate::assignment_policy::{may_note_consent, may_read};
use crate::domain::{ConsentSource, ConversationId, FlagAnswer, MessageId};
use crate::store::{Writer, conversations, flag_answers, messages};

/// A person says what a text means that reads like a wish to stop. The first answer counts.
pub fn answer_flag(
    tx: &mut Writer<'_>,
    by: &By,
    id: ConversationId,
    message: MessageId,
    answer: FlagAnswer,
    now: NaiveDateTime,
) -> Done<()> {
    let known = facts::conversation(tx, id)?.ok_or(Error::NotFound)?;
    let person = staff_member(&by.user);
    if !may_read(&person, &known.facts) || !messages::is_flagged(tx, id, message)? {
        return Err(Error::NotFound);
    }
    if !may_note_consent(&person, &known.facts) {
        return Err(Error::Forbidden("Your role may read texts but not change who may be texted.".into()));
    }
    if flag_answers::exists(tx, message)? {
        return Ok(());
    }
    flag_answers::insert(tx, message, answer, by.user.id, now)?;
    conversations::set_attention(tx, id, false)?;
    let action = match answer {
        FlagAnswer::OptOut => {
            let said = Said {
                source: ConsentSource::Staff,
                conversation: Some(id),
                message: Some(message),
                by: Some(by.user.id),
                note: "",
            };
            consent::opt_out(tx, &known.row.phone, &said, now)?;
            "phone.opted_out"
        }
        FlagAnswer::KeepTexting => "phone.kept_texting",
    };
    by.record(tx, action, format!("conversation {id}"), &ending(&known.row.phone), now)?;
    Ok(facts::announce(tx, id, &[])?)
}
