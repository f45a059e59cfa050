use chrono::NaiveDateTime;

use super::{Done, outgoing};
use crate::domain::GatewayKind;
use crate::gateway::DeliveryReport;
use crate::store::delivery_events::{self, NewEvent};
use crate::store::{Writer, gateways, messages};

/// Keeps what a gateway reports; the text's state only moves forward. A report of a text we do not know yet waits for it.
pub fn record_delivery(
    tx: &mut Writer<'_>,
    gateway: GatewayKind,
    report: &DeliveryReport,
    now: NaiveDateTime,
) -> Done<()> {
    let gateway_id = gateways::ensure(tx, gateway)?;
    let message = messages::of_provider(tx, gateway_id, &report.provider_message_id)?;
    delivery_events::insert(
        tx,
        &NewEvent {
            gateway_id,
            provider_message_id: &report.provider_message_id,
            message_id: message.as_ref().map(|message| message.id),
            status: report.status,
            error_code: report.error_code.as_deref(),
        },
        now,
    )?;
    match message {
        Some(message) if message.status.may_become(report.status) => {
            outgoing::change(tx, &message, report.status, report.error_code.as_deref(), now)
        }
        _ => Ok(()),
    }
}
