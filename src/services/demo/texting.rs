use chrono::{NaiveDateTime, TimeDelta};

use super::running::{Newest, Running};
use super::script::With;
use crate::domain::{
    AssignmentReason, ConsentSource, DeliveryStatus, Direction, Keyword, MessageId, TimelineKind, UserId,
    looks_like_opt_out,
};
use crate::services::consent::{self, Said};
use crate::services::receive_text::short;
use crate::store::delivery_events::{self, NewEvent};
use crate::store::messages::{self, NewMessage};
use crate::store::{Stored, Writer, conversations, opt_outs, timeline};

impl Running<'_> {
    pub(super) fn text_in(&mut self, tx: &mut Writer<'_>, body: &str, with: &With, at: NaiveDateTime) -> Stored<()> {
        let keyword = Keyword::of(body, opt_outs::exists(tx, self.plan.phone)?);
        let flagged = keyword.is_none() && looks_like_opt_out(body);
        let text = NewMessage {
            conversation_id: self.id,
            direction: Direction::In,
            body,
            status: DeliveryStatus::Received,
            sender: None,
            gateway_id: self.company.gateway,
            provider_message_id: Some(&self.provider_id(at)),
            flagged,
        };
        let message = self.store(tx, &text, with, at)?;
        self.attention |= flagged;
        if flagged {
            self.flagged = Some(message);
        }
        if std::mem::take(&mut self.closed) {
            conversations::set_closed(tx, self.id, false)?;
            timeline::insert(tx, &self.note(TimelineKind::Reopened, None), at)?;
        }
        let said = Said {
            source: ConsentSource::Text,
            conversation: Some(self.id),
            message: Some(message),
            by: None,
            note: "",
        };
        match keyword {
            Some(Keyword::OptOut) => {
                consent::record_opt_out(tx, self.plan.phone, &said, at)?;
                timeline::insert(tx, &self.note(TimelineKind::OptedOut, None), at)?;
            }
            Some(Keyword::OptIn) if consent::record_opt_in(tx, self.plan.phone, &said, at)? => {
                timeline::insert(tx, &self.note(TimelineKind::OptedIn, None), at)?;
            }
            _ => {}
        }
        self.tell(tx, message, at)
    }

    /// Whoever sends is assigned, and everybody has read what was answered.
    pub(super) fn text_out(
        &mut self,
        tx: &mut Writer<'_>,
        sender: UserId,
        body: &str,
        with: &With,
        at: NaiveDateTime,
    ) -> Stored<()> {
        let status = with.status.unwrap_or(DeliveryStatus::Delivered);
        let id = self.provider_id(at);
        // No gateway has told us an id of what never left, or may not have.
        let left = !matches!(status, DeliveryStatus::Waiting | DeliveryStatus::Unknown | DeliveryStatus::Blocked);
        let text = NewMessage {
            conversation_id: self.id,
            direction: Direction::Out,
            body,
            status,
            sender: Some(sender),
            gateway_id: self.company.gateway,
            provider_message_id: left.then_some(&*id),
            flagged: false,
        };
        let message = self.store(tx, &text, with, at)?;
        if with.error_code.is_some() {
            messages::set_status(tx, message, status, with.error_code)?;
        }
        if left {
            self.report(tx, message, &id, status, with, at)?;
        }
        self.attention = matches!(status, DeliveryStatus::Failed | DeliveryStatus::Undelivered);
        self.assign(tx, sender, sender, AssignmentReason::Replied, at)?;
        self.read_by(tx, |_| true)?;
        if self.attention {
            self.failed = Some((message, body.to_owned()));
            self.tell_sender(tx, sender, message, at)?;
        }
        Ok(())
    }

    fn store(
        &mut self,
        tx: &mut Writer<'_>,
        text: &NewMessage<'_>,
        with: &With,
        at: NaiveDateTime,
    ) -> Stored<MessageId> {
        let message = messages::insert(tx, text, at)?;
        for (index, content_type) in with.media.iter().enumerate() {
            let url = format!("https://media.summitridge.example/{message}/{index}");
            messages::add_media(tx, message, &url, content_type)?;
        }
        let preview = preview(text.body, with);
        self.newest = Some(Newest { id: message, at, preview, direction: text.direction });
        Ok(message)
    }

    /// What the gateway told us on the way.
    fn report(
        &self,
        tx: &mut Writer<'_>,
        message: MessageId,
        provider_message_id: &str,
        status: DeliveryStatus,
        with: &With,
        at: NaiveDateTime,
    ) -> Stored<()> {
        let (gateway_id, message_id) = (self.company.gateway, Some(message));
        let on_the_way = [DeliveryStatus::Sent].into_iter().filter(|step| step.may_become(status));
        for (second, step) in (1..).zip(on_the_way.chain([status])) {
            let error_code = with.error_code.filter(|_| step == status);
            let event = NewEvent { gateway_id, provider_message_id, message_id, status: step, error_code };
            delivery_events::insert(tx, &event, at + TimeDelta::seconds(second))?;
        }
        Ok(())
    }

    fn provider_id(&self, at: NaiveDateTime) -> String {
        format!("demo-{}-{}", self.id, at.and_utc().timestamp())
    }
}

/// As the list shows it: the words, or that it is pictures.
fn preview(body: &str, with: &With) -> String {
    match with.media.len() {
        1 if body.is_empty() => "Picture".to_owned(),
        count if body.is_empty() => format!("{count} pictures"),
        _ => short(body),
    }
}
