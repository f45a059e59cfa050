use chrono::NaiveDateTime;

use super::Situation;
use super::lines::{end, of_text};
use crate::automation::{PACE, after};
use crate::domain::{
    AutomationEvent, ConversationId, Definition, DeliveryStatus, Direction, MessageId, NumberId, RunState, SmsText,
    WhyNot,
};
use crate::services::receive_text::short;
use crate::services::{Done, Error, Job, facts};
use crate::store::automation_runs::{self, Run};
use crate::store::messages::{self, NewMessage};
use crate::store::{Writer, automation_facts, automation_log, clients, conversations, introductions};

/// Queues the text of a step and makes the run wait for its next one. It is our own text: nobody is told, and nobody is
/// assigned before the gateway has taken it.
pub(super) fn send(
    tx: &mut Writer<'_>,
    definition: &Definition,
    run: &Run,
    known: &Situation,
    text: &SmsText,
    introduces: bool,
    now: NaiveDateTime,
) -> Done<()> {
    let (Some(number), Some(to)) = (known.number, known.to.as_deref()) else {
        return end(tx, run, WhyNot::NoNumber, now);
    };
    let conversation = match known.conversation {
        Some(id) => id,
        None => open(tx, number, to, now)?,
    };
    let message = queue(tx, run, conversation, text, now)?;
    if introduces {
        introductions::insert(tx, to, message, now)?;
    }
    if known.takes_a_place(now) {
        automation_facts::set_automated_until(tx, number, now.max(known.number_free_at) + PACE)?;
    }
    if run.conversation_id.is_none() {
        automation_runs::set_conversation(tx, run.id, conversation)?;
    }
    go_on(tx, definition, run, known, now)
}

/// As a person begins one: it belongs to every record with this phone.
fn open(tx: &mut Writer<'_>, number: NumberId, phone: &str, now: NaiveDateTime) -> Done<ConversationId> {
    let clients = clients::with_phone(tx, phone)?;
    Ok(conversations::insert(tx, number, phone, &clients, now)?)
}

fn queue(
    tx: &mut Writer<'_>,
    run: &Run,
    conversation: ConversationId,
    text: &SmsText,
    now: NaiveDateTime,
) -> Done<MessageId> {
    let row = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?;
    let new = NewMessage {
        conversation_id: conversation,
        direction: Direction::Out,
        body: text.as_str(),
        status: DeliveryStatus::Waiting,
        sender: None,
        gateway_id: row.gateway_id,
        provider_message_id: None,
        flagged: false,
    };
    let message = messages::insert(tx, &new, now)?;
    messages::set_automation(tx, message, run.id, run.step)?;
    let at = now.max(row.last_message_at);
    conversations::set_last_message(tx, conversation, at, &short(text.as_str()), Direction::Out)?;
    automation_log::insert(tx, &of_text(run, run.step, AutomationEvent::Queued, message), now)?;
    Job::SendText { message }.enqueue(tx, now, now)?;
    facts::announce(tx, conversation, &[])?;
    Ok(message)
}

/// The next step waits from now on; after the last one the run is done.
fn go_on(tx: &mut Writer<'_>, definition: &Definition, run: &Run, known: &Situation, now: NaiveDateTime) -> Done<()> {
    let next = usize::try_from(run.step + 1).ok().and_then(|next| definition.steps.get(next));
    let Some(next) = next else { return Ok(automation_runs::end(tx, run.id, RunState::Done, now)?) };
    let due_at = after(now, next.wait, known.calendar.zone);
    automation_runs::wait(tx, run.id, run.step + 1, due_at, false)?;
    Ok(Job::AutomationStep { run: run.id }.enqueue(tx, due_at, now)?)
}
