//! What gateways report of a text's way. Every event is kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::delivery_events;
use super::{Stored, Writer};
use crate::domain::{DeliveryStatus, GatewayId, MessageId};

pub struct NewEvent<'a> {
    pub gateway_id: GatewayId,
    pub provider_message_id: &'a str,
    /// None while no message of ours has that id: the report came before the gateway's answer.
    pub message_id: Option<MessageId>,
    pub status: DeliveryStatus,
    pub error_code: Option<&'a str>,
}

pub fn insert(tx: &mut Writer<'_>, new: &NewEvent<'_>, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(delivery_events::table)
        .values((
            delivery_events::gateway_id.eq(new.gateway_id),
            delivery_events::provider_message_id.eq(new.provider_message_id),
            delivery_events::message_id.eq(new.message_id),
            delivery_events::status.eq(new.status),
            delivery_events::error_code.eq(new.error_code),
            delivery_events::received_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Reports that came before we knew the message's id, in the order they came.
pub fn adopt(
    tx: &mut Writer<'_>,
    gateway: GatewayId,
    provider_message_id: &str,
    message: MessageId,
) -> Stored<Vec<(DeliveryStatus, Option<String>)>> {
    let orphans = delivery_events::table
        .filter(delivery_events::gateway_id.eq(gateway))
        .filter(delivery_events::provider_message_id.eq(provider_message_id))
        .filter(delivery_events::message_id.is_null());
    let events = orphans
        .order(delivery_events::id)
        .select((delivery_events::status, delivery_events::error_code))
        .load(&mut **tx)?;
    diesel::update(orphans).set(delivery_events::message_id.eq(message)).execute(&mut **tx)?;
    Ok(events)
}
