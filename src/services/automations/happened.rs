use chrono::NaiveDateTime;

use super::{About, Calendar, begin, first_due};
use crate::domain::{ClientId, ConversationId, LeadStatusId, MessageId, Occurrence, Trigger, TriggerKind, is_the_word};
use crate::services::Done;
use crate::store::automations::{self, Automation};
use crate::store::{Stored, Writer, client_activity, merge_facts};

/// What a person or a client did that may begin something. Nothing else ever does: no import, no hand-over, no
/// automation.
#[derive(Debug, Clone, Copy)]
pub enum Happening<'a> {
    ClientCreated { client: ClientId },
    LeadStatus { client: ClientId, from: LeadStatusId, to: LeadStatusId },
    Text(Text<'a>),
}

/// A client wrote.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub body: &'a str,
    /// Nobody knew this phone before.
    pub is_first: bool,
}

/// Begins a run of every automation that waits for this, in the transaction in which it happens.
pub fn happened(tx: &mut Writer<'_>, what: Happening<'_>, now: NaiveDateTime) -> Done<()> {
    match what {
        Happening::ClientCreated { client } => {
            let about = About { client: Some(client), conversation: None };
            let waiting = automations::on_trigger(tx, TriggerKind::ClientCreated)?;
            begin_all(tx, &waiting, &Occurrence::ClientCreated { client }, about, now)?;
        }
        Happening::LeadStatus { client, from, to } => {
            let about = About { client: Some(client), conversation: None };
            let mut waiting = automations::on_trigger(tx, TriggerKind::LeadStatus)?;
            waiting.retain(|one| is_change(&one.definition.trigger, from, to));
            if !waiting.is_empty() {
                let activity = client_activity::newest(tx, client)?;
                begin_all(tx, &waiting, &Occurrence::LeadStatus { client, activity }, about, now)?;
            }
        }
        Happening::Text(Text { conversation, message, body, is_first }) => {
            let client = merge_facts::client_of(tx, conversation)?;
            let about = About { client, conversation: Some(conversation) };
            if is_first {
                let waiting = automations::on_trigger(tx, TriggerKind::FirstText)?;
                begin_all(tx, &waiting, &Occurrence::FirstText { conversation }, about, now)?;
            }
            let mut waiting = automations::on_trigger(tx, TriggerKind::Keyword)?;
            waiting.retain(|one| is_keyword(&one.definition.trigger, body));
            begin_all(tx, &waiting, &Occurrence::Keyword { message }, about, now)?;
        }
    }
    Ok(())
}

fn begin_all(
    tx: &mut Writer<'_>,
    waiting: &[Automation],
    occurrence: &Occurrence,
    about: About,
    now: NaiveDateTime,
) -> Stored<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    let calendar = Calendar::of_client(tx, about.client)?;
    for automation in waiting {
        begin(tx, automation, occurrence, about, first_due(automation, now, &calendar), now)?;
    }
    Ok(())
}

fn is_change(trigger: &Trigger, left: LeadStatusId, came: LeadStatusId) -> bool {
    matches!(trigger, Trigger::LeadStatus { to, from } if *to == came && from.is_none_or(|from| from == left))
}

fn is_keyword(trigger: &Trigger, body: &str) -> bool {
    matches!(trigger, Trigger::Keyword { word } if is_the_word(body, word))
}
