use chrono::NaiveDateTime;

use super::lines::stop;
use super::outcome::not_sent;
use crate::domain::{AutomationRunId, ConversationId, DeliveryStatus, RunState, UserId, WhyNot};
use crate::services::Done;
use crate::services::outgoing::{RUN_STOPPED, change};
use crate::store::{Writer, automation_runs, conversations, messages};

/// The client wrote: runs that are to stop then stop, and what they have queued does not leave any more.
pub fn replied(tx: &mut Writer<'_>, conversation: ConversationId, now: NaiveDateTime) -> Done<()> {
    let clients: Vec<_> = conversations::linked_clients(tx, conversation)?.iter().map(|client| client.id).collect();
    for run in automation_runs::stopped_by_reply(tx, conversation, &clients)? {
        stop(tx, &run, WhyNot::ClientReplied, None, now)?;
    }
    for id in messages::stopped_by_reply(tx, conversation)? {
        if let Some(message) = messages::find(tx, id)? {
            change(tx, &message, DeliveryStatus::Blocked, Some(RUN_STOPPED))?;
            not_sent(tx, id, WhyNot::ClientReplied, now)?;
        }
    }
    Ok(())
}

/// A person ends a run that waits. Answers whether it did.
pub fn end_by_hand(tx: &mut Writer<'_>, run: AutomationRunId, by: UserId, now: NaiveDateTime) -> Done<bool> {
    let waiting = automation_runs::find(tx, run)?.filter(|run| run.state == RunState::Waiting);
    let Some(run) = waiting else { return Ok(false) };
    stop(tx, &run, WhyNot::EndedByHand, Some(by), now)?;
    Ok(true)
}
