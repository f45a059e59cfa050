//! Gateways and the numbers of ours that they serve.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{gateways, numbers};
use super::{DbConnection, Stored, Writer};
use crate::domain::{GatewayId, GatewayKind, NumberId};

/// A phone number of ours.
#[derive(Debug, Clone, Queryable)]
pub struct Number {
    pub id: NumberId,
    pub phone: String,
    pub label: String,
    pub gateway_id: GatewayId,
    pub gateway: GatewayKind,
    /// Every text that the gateway received before is known to us.
    pub caught_up_until: NaiveDateTime,
}

macro_rules! select_numbers {
    () => {
        numbers::table.inner_join(gateways::table).filter(numbers::active.eq(true)).select((
            numbers::id,
            numbers::phone,
            numbers::label,
            gateways::id,
            gateways::kind,
            numbers::caught_up_until,
        ))
    };
}

/// The numbers in use, the first one first; those of the phone on the screen come last.
pub fn numbers(connection: &mut DbConnection) -> Stored<Vec<Number>> {
    let is_simulated = gateways::kind.eq(GatewayKind::Simulator);
    Ok(select_numbers!().order((is_simulated, numbers::id)).load(connection)?)
}

/// A number of ours as the settings list it.
#[derive(Debug, Clone, Queryable)]
pub struct ListedNumber {
    pub id: NumberId,
    pub phone: String,
    pub label: String,
    pub gateway: GatewayKind,
    /// Texts can be sent from it.
    pub in_use: bool,
}

/// Every number that was ever ours, those in use first.
pub fn every_number(connection: &mut DbConnection) -> Stored<Vec<ListedNumber>> {
    Ok(numbers::table
        .inner_join(gateways::table)
        .order((numbers::active.desc(), numbers::id))
        .select((numbers::id, numbers::phone, numbers::label, gateways::kind, numbers::active))
        .load(connection)?)
}

pub fn set_label(tx: &mut Writer<'_>, id: NumberId, label: &str) -> Stored<()> {
    diesel::update(numbers::table.find(id)).set(numbers::label.eq(label)).execute(&mut **tx)?;
    Ok(())
}

pub fn number(connection: &mut DbConnection, id: NumberId) -> Stored<Option<Number>> {
    Ok(select_numbers!().filter(numbers::id.eq(id)).first(connection).optional()?)
}

/// The id of the number with this phone, at whichever gateway, in use or not.
pub fn with_phone(connection: &mut DbConnection, phone: &str) -> Stored<Option<NumberId>> {
    Ok(numbers::table.filter(numbers::phone.eq(phone)).select(numbers::id).first(connection).optional()?)
}

/// Takes a number into use at a gateway, wherever it was before.
pub fn move_number(tx: &mut Writer<'_>, id: NumberId, gateway: GatewayId) -> Stored<()> {
    diesel::update(numbers::table.find(id))
        .set((numbers::gateway_id.eq(gateway), numbers::active.eq(true)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Everything the gateway received for this number until then is stored.
pub fn set_caught_up(tx: &mut Writer<'_>, id: NumberId, until: NaiveDateTime) -> Stored<()> {
    diesel::update(numbers::table.find(id)).set(numbers::caught_up_until.eq(until)).execute(&mut **tx)?;
    Ok(())
}

fn id_of(connection: &mut DbConnection, gateway: GatewayKind) -> Stored<Option<GatewayId>> {
    Ok(gateways::table.filter(gateways::kind.eq(gateway)).select(gateways::id).first(connection).optional()?)
}

/// The gateway, made if this database lacks it.
pub fn ensure(tx: &mut Writer<'_>, kind: GatewayKind) -> Stored<GatewayId> {
    match id_of(tx, kind)? {
        Some(id) => Ok(id),
        None => Ok(diesel::insert_into(gateways::table)
            .values((gateways::kind.eq(kind), gateways::active.eq(true)))
            .returning(gateways::id)
            .get_result(&mut **tx)?),
    }
}

pub fn insert_number(
    tx: &mut Writer<'_>,
    gateway: GatewayId,
    phone: &str,
    label: &str,
    now: NaiveDateTime,
) -> Stored<NumberId> {
    Ok(diesel::insert_into(numbers::table)
        .values((
            numbers::gateway_id.eq(gateway),
            numbers::phone.eq(phone),
            numbers::label.eq(label),
            numbers::active.eq(true),
            numbers::caught_up_until.eq(now),
        ))
        .returning(numbers::id)
        .get_result(&mut **tx)?)
}
