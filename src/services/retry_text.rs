use chrono::NaiveDateTime;

use super::send_text::{open_for, queue_text};
use super::{Done, Error};
use crate::domain::{ConversationId, Direction, MessageId, SmsText, failed_text};
use crate::store::users::User;
use crate::store::{Writer, messages, retries};

/// Sends the words of a text that failed once more, as a new text. Each attempt is followed by one other at most,
/// and nothing leads here from a text whose fate is unknown.
pub fn retry_text(
    tx: &mut Writer<'_>,
    sender: &User,
    id: ConversationId,
    message: MessageId,
    now: NaiveDateTime,
) -> Done<()> {
    let known = open_for(tx, sender, id)?;
    let failed = messages::find(tx, message)?.filter(|failed| failed.conversation_id == id);
    let failed = failed.filter(|failed| failed.direction == Direction::Out).ok_or(Error::NotFound)?;
    if retries::of(tx, message)?.is_some() {
        return Ok(());
    }
    match failed_text(failed.status, failed.error_code.as_deref()) {
        Some(why) if why.may_retry => {}
        Some(why) => return Err(Error::Invalid(format!("{} {}", why.what, why.next))),
        None => return Err(Error::Invalid("This text has not failed, so it is not sent again.".to_owned())),
    }
    let text = SmsText::parse(&failed.body).map_err(|why| Error::Invalid(why.to_string()))?;
    let again = queue_text(tx, sender, &known, &text, now)?;
    Ok(retries::insert(tx, message, again)?)
}
