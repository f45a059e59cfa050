//! A text on its way out: what the worker asks before it sends, and what it says afterwards.

use chrono::NaiveDateTime;

use super::automations::{self, Hindrance};
use super::consent::{self, Said};
use super::{Done, facts};
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::{
    ConsentKind, ConsentSource, DeliveryStatus, GatewayKind, MessageId, NotificationKind, NotificationReason, Topic,
    WhyNot, failure_code,
};
use crate::gateway::{Accepted, OutboundText};
use crate::store::messages::{self, Message};
use crate::store::notifications::{self, NewNotification};
use crate::store::{Writer, company, consents, conversations, delivery_events, opt_outs, users};

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
                (true, ..) => Some((Some(failure_code::PHONE_BLOCKED), WhyNot::PhoneBlocked)),
                (false, false, _) => Some((Some(failure_code::PLAN), WhyNot::PlanWithoutSms)),
                (false, true, _) if opt_outs::exists(tx, &row.phone)? => Some((None, WhyNot::OptedOut)),
                (false, true, Some(Hindrance::Stopped(why))) => Some((Some(failure_code::RUN_STOPPED), why)),
                (false, true, Some(Hindrance::QuietUntil(until))) => return Ok(Turn::Later { until }),
                (false, true, None) => None,
            };
            if let Some((code, why)) = why {
                if code == Some(failure_code::PLAN) {
                    // Nobody opens the thread now: once the plan has SMS again, it is listed for a person
                    conversations::set_attention(tx, message.conversation_id, true)?;
                }
                set(tx, &message, DeliveryStatus::Blocked, code)?;
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
    change(tx, &message, status, error_code.as_deref(), now)?;
    if message.provider_message_id.is_none() {
        automations::accepted(tx, &message, now)?;
    }
    Ok(true)
}

/// The gateway does not take it: nothing was sent.
pub fn refused(tx: &mut Writer<'_>, id: MessageId, code: Option<&str>, now: NaiveDateTime) -> Done<()> {
    let Some(message) = messages::find(tx, id)? else { return Ok(()) };
    change(tx, &message, DeliveryStatus::Failed, code, now)?;
    automations::not_sent(tx, id, WhyNot::NotAccepted, now)
}

/// The gateway knows of an opt-out that we missed.
pub fn opted_out(tx: &mut Writer<'_>, id: MessageId, code: Option<&str>, now: NaiveDateTime) -> Done<()> {
    let Some(message) = messages::find(tx, id)? else { return Ok(()) };
    learn_opt_out(tx, &message, now)?;
    set(tx, &message, DeliveryStatus::Blocked, code)?;
    automations::not_sent(tx, id, WhyNot::OptedOut, now)?;
    tell_sender(tx, &message, now)
}

fn learn_opt_out(tx: &mut Writer<'_>, message: &Message, now: NaiveDateTime) -> Done<()> {
    if let Some(row) = conversations::find(tx, message.conversation_id)?
        && !opted_in_since(tx, &row.phone, message)?
    {
        let said =
            Said { source: ConsentSource::Gateway, conversation: Some(row.id), message: None, by: None, note: "" };
        consent::opt_out(tx, &row.phone, &said, now)?;
    }
    Ok(())
}

/// A report may be late: who texted START after this text is in again.
fn opted_in_since(tx: &mut Writer<'_>, phone: &str, message: &Message) -> Done<bool> {
    let newest = consents::page(tx, phone, None, 1)?.pop();
    Ok(newest.is_some_and(|line| line.kind == ConsentKind::OptedIn && line.at > message.created_at))
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

/// Everything that waits for this phone, over all numbers of ours, in one statement however much it is. Their jobs find
/// nothing to do.
pub(super) fn block_waiting(tx: &mut Writer<'_>, phone: &str, now: NaiveDateTime) -> Done<()> {
    let automated = messages::automated_and_waiting(tx, phone)?;
    if messages::block_waiting(tx, phone)? {
        for message in automated {
            automations::not_sent(tx, message, WhyNot::OptedOut, now)?;
        }
        for conversation in conversations::with_phone(tx, phone)? {
            facts::announce(tx, conversation, &[])?;
        }
    }
    Ok(())
}

/// A new state of a text; one that failed needs a person, and its sender is told.
pub(super) fn change(
    tx: &mut Writer<'_>,
    message: &Message,
    status: DeliveryStatus,
    error_code: Option<&str>,
    now: NaiveDateTime,
) -> Done<()> {
    if matches!(status, DeliveryStatus::Failed | DeliveryStatus::Undelivered) {
        if error_code == Some(failure_code::OPTED_OUT) {
            learn_opt_out(tx, message, now)?;
        }
        conversations::set_attention(tx, message.conversation_id, true)?;
        tell_sender(tx, message, now)?;
    }
    set(tx, message, status, error_code)
}

/// On every page that shows it.
fn set(tx: &mut Writer<'_>, message: &Message, status: DeliveryStatus, error_code: Option<&str>) -> Done<()> {
    messages::set_status(tx, message.id, status, error_code)?;
    Ok(facts::announce(tx, message.conversation_id, &[])?)
}

/// In the app, once for a text, while they still see the conversation. No device rings: nobody waits at the other end.
fn tell_sender(tx: &mut Writer<'_>, message: &Message, now: NaiveDateTime) -> Done<()> {
    let Some(sender) = message.sender.map(|id| users::find(tx, id)).transpose()?.flatten() else { return Ok(()) };
    let Some(known) = facts::conversation(tx, message.conversation_id)? else { return Ok(()) };
    if !sees_on_dashboard(&facts::staff_member(&sender), &known.facts) {
        return Ok(());
    }
    let notification = NewNotification {
        user_id: sender.id,
        kind: NotificationKind::Failed,
        reason: NotificationReason::Sender,
        conversation_id: message.conversation_id,
        message_id: Some(message.id),
        actor: None,
    };
    if notifications::insert(tx, &notification, now)?.is_some() {
        tx.announce(Topic::Notifications(sender.id));
    }
    Ok(())
}
