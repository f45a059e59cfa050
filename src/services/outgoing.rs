//! A text on its way out: what the worker asks before it sends, and what it says afterwards.

use chrono::NaiveDateTime;

use super::automations::{self, Hindrance};
use super::{Done, facts};
use crate::domain::{DeliveryStatus, GatewayKind, MessageId, WhyNot};
use crate::gateway::{Accepted, OutboundText};
use crate::store::messages::{self, Message};
use crate::store::{Writer, company, conversations, delivery_events, opt_outs};

/// What is to be done with a text whose turn has come.
#[derive(Debug)]
pub enum Turn {
    /// Marked *unknown* until the gateway has answered, so that a crash in between never sends it twice.
    Send { gateway: GatewayKind, text: OutboundText },
    /// An earlier attempt may have left: ask the gateway.
    Reconcile { gateway: GatewayKind, text: OutboundText },
    /// An automation's text waits until quiet hours end.
    Later { until: NaiveDateTime },
    /// Sent, blocked or gone: nothing to do.
    Nothing,
}

/// The code of a text that was not sent because the company's plan has no SMS.
pub const BLOCKED_BY_PLAN: &str = "plan";
/// The code of a text that was not sent because its phone was blocked while it waited.
pub const PHONE_BLOCKED: &str = "phone";

/// The code of an automation's text whose run was stopped while it waited.
pub const RUN_STOPPED: &str = "automation";

/// Looks once more, in a transaction, before a text leaves.
pub fn take_turn(tx: &mut Writer<'_>, id: MessageId, now: NaiveDateTime) -> Done<Turn> {
    let Some(message) = messages::find(tx, id)? else { return Ok(Turn::Nothing) };
    let Some(row) = conversations::find(tx, message.conversation_id)? else { return Ok(Turn::Nothing) };
    let text = OutboundText {
        from: row.number.clone(),
        to: row.phone.clone(),
        body: message.body.clone(),
        status_callback: None,
    };
    match message.status {
        DeliveryStatus::Unknown => Ok(Turn::Reconcile { gateway: row.gateway, text }),
        DeliveryStatus::Waiting => {
            let hindrance = automations::hindrance(tx, &message, now)?;
            let why = match (row.blocked, company::has_sms(tx)?, hindrance) {
                (true, ..) => Some((Some(PHONE_BLOCKED), WhyNot::PhoneBlocked)),
                (false, false, _) => Some((Some(BLOCKED_BY_PLAN), WhyNot::PlanWithoutSms)),
                (false, true, _) if opt_outs::exists(tx, &row.phone)? => Some((None, WhyNot::OptedOut)),
                (false, true, Some(Hindrance::Stopped(why))) => Some((Some(RUN_STOPPED), why)),
                (false, true, Some(Hindrance::QuietUntil(until))) => return Ok(Turn::Later { until }),
                (false, true, None) => None,
            };
            if let Some((code, why)) = why {
                if code == Some(BLOCKED_BY_PLAN) {
                    // Nobody opens the thread now: once the plan has SMS again, it is listed for a person
                    conversations::set_attention(tx, message.conversation_id, true)?;
                }
                change(tx, &message, DeliveryStatus::Blocked, code)?;
                automations::not_sent(tx, id, why, now)?;
                return Ok(Turn::Nothing);
            }
            messages::set_status(tx, id, DeliveryStatus::Unknown, None)?;
            Ok(Turn::Send { gateway: row.gateway, text })
        }
        _ => Ok(Turn::Nothing),
    }
}

/// The gateway has it. Reports that came before this answer are taken over, and whom an automation assigns for it is
/// assigned. False if what the gateway has is another text.
pub fn accepted(tx: &mut Writer<'_>, id: MessageId, accepted: &Accepted, now: NaiveDateTime) -> Done<bool> {
    let Some(message) = messages::find(tx, id)? else { return Ok(true) };
    let known = messages::of_provider(tx, message.gateway_id, &accepted.provider_message_id)?;
    if known.is_some_and(|known| known.id != id) {
        return Ok(false);
    }
    messages::set_provider_id(tx, id, &accepted.provider_message_id)?;
    let mut status = message.status;
    let mut error_code = message.error_code.clone();
    let mut reports = vec![(accepted.status, None)];
    reports.extend(delivery_events::adopt(tx, message.gateway_id, &accepted.provider_message_id, id)?);
    for (next, code) in reports {
        if status.may_become(next) {
            status = next;
            error_code = code;
        }
    }
    change(tx, &message, status, error_code.as_deref())?;
    if message.provider_message_id.is_none() {
        automations::accepted(tx, &message, now)?;
    }
    Ok(true)
}

/// The gateway does not take it: nothing was sent.
pub fn refused(tx: &mut Writer<'_>, id: MessageId, code: Option<&str>, now: NaiveDateTime) -> Done<()> {
    let Some(message) = messages::find(tx, id)? else { return Ok(()) };
    change(tx, &message, DeliveryStatus::Failed, code)?;
    automations::not_sent(tx, id, WhyNot::NotAccepted, now)
}

/// The gateway knows of an opt-out that we missed.
pub fn opted_out(tx: &mut Writer<'_>, id: MessageId, code: Option<&str>, now: NaiveDateTime) -> Done<()> {
    let Some(message) = messages::find(tx, id)? else { return Ok(()) };
    if let Some(row) = conversations::find(tx, message.conversation_id)? {
        opt_outs::insert(tx, &row.phone, None, now)?;
        block_waiting(tx, &row.phone, now)?;
    }
    change(tx, &message, DeliveryStatus::Blocked, code)?;
    automations::not_sent(tx, id, WhyNot::OptedOut, now)
}

/// It certainly did not leave, so that it may be sent again.
pub fn not_sent(tx: &mut Writer<'_>, id: MessageId) -> Done<()> {
    Ok(messages::set_status(tx, id, DeliveryStatus::Waiting, None)?)
}

/// Its fate stays unknown: a person has to look.
pub fn fate_unknown(tx: &mut Writer<'_>, id: MessageId, now: NaiveDateTime) -> Done<()> {
    let Some(message) = messages::find(tx, id)? else { return Ok(()) };
    conversations::set_attention(tx, message.conversation_id, true)?;
    automations::fate_unknown(tx, id, now)?;
    Ok(facts::announce(tx, message.conversation_id, &[])?)
}

/// Everything that waits for this phone, over all numbers of ours.
pub(super) fn block_waiting(tx: &mut Writer<'_>, phone: &str, now: NaiveDateTime) -> Done<()> {
    for conversation in conversations::with_phone(tx, phone)? {
        for message in messages::waiting(tx, conversation)? {
            messages::set_status(tx, message, DeliveryStatus::Blocked, None)?;
            automations::not_sent(tx, message, WhyNot::OptedOut, now)?;
        }
        facts::announce(tx, conversation, &[])?;
    }
    Ok(())
}

/// A new state of a text, on every page that shows it; one that failed needs a person.
pub(super) fn change(
    tx: &mut Writer<'_>,
    message: &Message,
    status: DeliveryStatus,
    error_code: Option<&str>,
) -> Done<()> {
    messages::set_status(tx, message.id, status, error_code)?;
    if matches!(status, DeliveryStatus::Failed | DeliveryStatus::Undelivered) {
        conversations::set_attention(tx, message.conversation_id, true)?;
    }
    Ok(facts::announce(tx, message.conversation_id, &[])?)
}
