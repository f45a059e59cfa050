//! *Send later* in the composer, and below the thread what waits.

use chrono::NaiveDateTime;

use super::clocks::Clocks;
use crate::assignment_policy::may_cancel_scheduled;
use crate::automation::{local, mornings};
use crate::domain::{ConversationId, ScheduledState, ScheduledTextId};
use crate::services::facts::{Known, staff_member};
use crate::services::why_locked;
use crate::store::scheduled_texts::{self, ScheduledText};
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::view::TimeLabel;
use crate::web::view::conversations::{LaterChoice, Scheduled, SendLater};
use crate::web::{format, local_time};

/// As many as wait at most, and as many that were skipped.
const SHOWN: i64 = 20;

/// What was typed into *Send later*, or is given back to be changed.
#[derive(Debug, Clone, Default)]
pub struct LaterTyped {
    /// As the field for date and time writes it.
    pub at: String,
    pub cancel_if_reply: bool,
    pub is_open: bool,
}

pub fn send_later(clocks: &Clocks, typed: LaterTyped, now: NaiveDateTime) -> SendLater {
    let shown = local::wall_clock(now, clocks.theirs);
    let choice = |morning: NaiveDateTime| {
        let at = local::instant(morning, clocks.theirs);
        let label = format::beginning_large(&clocks.there(at));
        LaterChoice { at: local_time::on_the_wall(morning), label, here: clocks.here(at) }
    };
    SendLater {
        earliest: local_time::on_the_wall(shown),
        clock: clocks.sentence(),
        choices: mornings(shown).into_iter().map(choice).collect(),
        at: typed.at,
        cancel_if_reply: typed.cancel_if_reply,
        is_open: typed.is_open,
    }
}

/// What waits in a conversation, and what was skipped and is to be looked at.
pub fn scheduled(connection: &mut DbConnection, me: &User, known: &Known, clocks: &Clocks) -> Stored<Vec<Scheduled>> {
    let id = known.row.id;
    let mut texts = scheduled_texts::in_conversation(connection, id, ScheduledState::Skipped, SHOWN)?;
    texts.extend(scheduled_texts::in_conversation(connection, id, ScheduledState::Waiting, SHOWN)?);
    let may_cancel = may_cancel_scheduled(&staff_member(me), &known.facts);
    let may_send = why_locked(connection, me, known)?.is_none();
    Ok(texts.into_iter().map(|text| Scheduled { may_cancel, may_send, ..shown(text, clocks) }).collect())
}

/// A text as it is shown to who may only read.
pub fn shown(text: ScheduledText, clocks: &Clocks) -> Scheduled {
    Scheduled {
        id: text.id,
        when: TimeLabel {
            label: clocks.there(text.send_at),
            full: format::in_full(text.send_at, clocks.theirs),
            iso: format::iso(text.send_at),
        },
        here: clocks.here(text.send_at),
        is_quiet: text.state == ScheduledState::Waiting && clocks.is_quiet(text.send_at),
        skipped: text.reason.map(|why| why.sentence(&text.author_name)),
        author: text.author_name,
        body: text.body,
        cancel_if_reply: text.cancel_if_reply,
        may_cancel: false,
        may_send: false,
    }
}

/// The words and the time of a text that was cancelled to be changed; nothing of one that waits or was sent.
pub fn given_back(
    connection: &mut DbConnection,
    conversation: ConversationId,
    id: ScheduledTextId,
    clocks: &Clocks,
    now: NaiveDateTime,
) -> Stored<Option<(String, LaterTyped)>> {
    let text = scheduled_texts::find(connection, id)?;
    let text = text.filter(|text| text.conversation_id == conversation && text.state == ScheduledState::Cancelled);
    Ok(text.map(|text| {
        let is_ahead = text.send_at > now;
        let at = if is_ahead { local_time::written(text.send_at, clocks.theirs) } else { String::new() };
        (text.body, LaterTyped { at, cancel_if_reply: text.cancel_if_reply, is_open: true })
    }))
}
