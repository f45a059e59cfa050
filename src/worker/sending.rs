//! One text to its gateway.

use chrono::Duration;

use super::{Outcome, Worker};
use crate::domain::{GatewayKind, MessageId};
use crate::gateway::{Accepted, OutboundText, SendError};
use crate::services::Error;
use crate::services::outgoing::{self, Turn};
use crate::store::jobs::{self, Job as Row};

/// A gateway is asked so often what became of a text whose fate is unknown; then a person has to look.
const QUESTIONS: i64 = 6;
/// A text that could not leave for so long is not sent late: it fails, and its sender is told.
const PATIENCE: Duration = Duration::hours(4);

pub(super) async fn send(worker: &Worker, message: MessageId, row: &Row) -> Result<Outcome, Error> {
    let now = (worker.clock)();
    match worker.write(move |tx| outgoing::take_turn(tx, message, now)).await? {
        Turn::Later { until } => Ok(Outcome::Later(until)),
        Turn::Nothing => Ok(Outcome::Done),
        Turn::Send { gateway, text } => {
            deliver(worker, message, row, gateway, &with_callback(worker, gateway, text)).await
        }
        Turn::Reconcile { gateway, text } => reconcile(worker, message, row, gateway, &text).await,
    }
}

async fn deliver(
    worker: &Worker,
    message: MessageId,
    row: &Row,
    gateway: GatewayKind,
    text: &OutboundText,
) -> Result<Outcome, Error> {
    let Some(adapter) = worker.gateway(gateway) else {
        worker.write(move |tx| outgoing::not_sent(tx, message)).await?;
        return late_or_again(worker, message, row, None, format!("the gateway {gateway} is not configured")).await;
    };
    match adapter.send(text).await {
        Ok(accepted) => {
            keep(worker, message, accepted).await?;
            Ok(Outcome::Done)
        }
        Err(SendError::Refused { code, words }) => {
            let now = (worker.clock)();
            worker.write(move |tx| outgoing::refused(tx, message, code.as_deref(), now)).await?;
            tracing::info!(message, words, "a text was refused");
            Ok(Outcome::Done)
        }
        Err(SendError::OptedOut { code }) => {
            let now = (worker.clock)();
            worker.write(move |tx| outgoing::opted_out(tx, message, code.as_deref(), now)).await?;
            Ok(Outcome::Done)
        }
        Err(SendError::Unknown { words }) => {
            let id = row.id;
            worker.write(move |tx| jobs::count_anew(tx, id)).await?;
            Ok(Outcome::Again { after: None, why: words })
        }
        Err(SendError::Retry { after, words }) => {
            worker.write(move |tx| outgoing::not_sent(tx, message)).await?;
            late_or_again(worker, message, row, after, words).await
        }
        Err(SendError::Credentials { words }) => {
            worker.write(move |tx| outgoing::not_sent(tx, message)).await?;
            tracing::error!(%gateway, "the gateway refuses our credentials; texts wait");
            late_or_again(worker, message, row, Some(Duration::minutes(1)), words).await
        }
    }
}

/// An earlier attempt may have left: the gateway is asked, and the text is never blindly sent again.
async fn reconcile(
    worker: &Worker,
    message: MessageId,
    row: &Row,
    gateway: GatewayKind,
    text: &OutboundText,
) -> Result<Outcome, Error> {
    let found = match worker.gateway(gateway) {
        Some(adapter) => adapter.find_sent(text, row.created_at).await,
        None => Err(SendError::Retry { after: None, words: format!("the gateway {gateway} is not configured") }),
    };
    let why = match found {
        Ok(Some(accepted)) => {
            if keep(worker, message, accepted).await? {
                return Ok(Outcome::Done);
            }
            "the gateway knows only of another text like it".to_owned()
        }
        Ok(None) => "the gateway does not know of the text".to_owned(),
        Err(error) => error.to_string(),
    };
    if row.attempts < QUESTIONS {
        return Ok(Outcome::Again { after: None, why });
    }
    let now = (worker.clock)();
    worker.write(move |tx| outgoing::fate_unknown(tx, message, now)).await?;
    Ok(Outcome::Dead { why })
}

/// False if the gateway's text is one that we know already.
async fn keep(worker: &Worker, message: MessageId, accepted: Accepted) -> Result<bool, Error> {
    let now = (worker.clock)();
    worker.write(move |tx| outgoing::accepted(tx, message, &accepted, now)).await
}

async fn late_or_again(
    worker: &Worker,
    message: MessageId,
    row: &Row,
    after: Option<Duration>,
    why: String,
) -> Result<Outcome, Error> {
    let now = (worker.clock)();
    if row.created_at + PATIENCE > now {
        return Ok(Outcome::Again { after, why });
    }
    worker.write(move |tx| outgoing::refused(tx, message, None, now)).await?;
    Ok(Outcome::Dead { why })
}

/// Where Twilio reports what becomes of it.
fn with_callback(worker: &Worker, gateway: GatewayKind, mut text: OutboundText) -> OutboundText {
    if gateway == GatewayKind::Twilio {
        text.status_callback = Some(format!("{}/hooks/twilio/status", worker.public_url));
    }
    text
}
