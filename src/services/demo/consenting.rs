use chrono::NaiveDateTime;

use super::running::{News, Running};
use super::script::{Consenting, With, unreadable};
use crate::domain::{
    ConsentKind, ConsentSource, FlagAnswer, MessageId, NotificationKind, NotificationReason, TimelineKind, UserId,
};
use crate::services::consent::{self, Said};
use crate::store::consents::{self, NewConsent};
use crate::store::{Stored, Writer, conversations, flag_answers, retries, timeline};

impl Running<'_> {
    /// What one of us notes or decides about who may be texted.
    pub(super) fn consent(
        &mut self,
        tx: &mut Writer<'_>,
        by: UserId,
        what: Consenting,
        at: NaiveDateTime,
    ) -> Stored<()> {
        let said = Said {
            source: ConsentSource::Staff,
            conversation: Some(self.id),
            message: None,
            by: Some(by),
            note: what.note(),
        };
        match what {
            Consenting::Notes(note) => {
                let new = NewConsent {
                    phone: self.plan.phone,
                    kind: ConsentKind::ConsentGiven,
                    source: ConsentSource::Staff,
                    user: Some(by),
                    conversation: Some(self.id),
                    message: None,
                    note,
                };
                consents::insert(tx, &new, at)
            }
            Consenting::OptsOut(_) => {
                consent::record_opt_out(tx, self.plan.phone, &said, at)?;
                timeline::insert(tx, &self.note(TimelineKind::OptedOut, Some(by)), at)
            }
            Consenting::OptsIn(_) => {
                consent::record_opt_in(tx, self.plan.phone, &said, at)?;
                timeline::insert(tx, &self.note(TimelineKind::OptedIn, Some(by)), at)
            }
            Consenting::Confirms => {
                let message = self.answer(tx, by, FlagAnswer::OptOut, at)?;
                consent::record_opt_out(tx, self.plan.phone, &Said { message: Some(message), ..said }, at)?;
                timeline::insert(tx, &self.note(TimelineKind::OptedOut, Some(by)), at)
            }
            Consenting::Keeps => self.answer(tx, by, FlagAnswer::KeepTexting, at).map(drop),
        }
    }

    /// The last text that failed, once more.
    pub(super) fn retry(&mut self, tx: &mut Writer<'_>, by: UserId, at: NaiveDateTime) -> Stored<()> {
        let (failed, body) = self.failed.take().ok_or_else(|| unreadable(self.plan.phone))?;
        self.text_out(tx, by, &body, &With::default(), at)?;
        let again = self.newest.as_ref().map(|newest| newest.id).ok_or_else(|| unreadable(self.plan.phone))?;
        retries::insert(tx, failed, again)
    }

    /// A text of theirs did not arrive.
    pub(super) fn tell_sender(
        &mut self,
        tx: &mut Writer<'_>,
        sender: UserId,
        message: MessageId,
        at: NaiveDateTime,
    ) -> Stored<()> {
        let (kind, reason) = (NotificationKind::Failed, NotificationReason::Sender);
        self.notify(tx, News { kind, reason, user: sender, message: Some(message), actor: None }, at)
    }

    fn answer(&mut self, tx: &mut Writer<'_>, by: UserId, answer: FlagAnswer, at: NaiveDateTime) -> Stored<MessageId> {
        let message = self.flagged.take().ok_or_else(|| unreadable(self.plan.phone))?;
        self.attention = false;
        conversations::set_attention(tx, self.id, false)?;
        flag_answers::insert(tx, message, answer, by, at)?;
        Ok(message)
    }
}
