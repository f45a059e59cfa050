//! Gateways and the numbers of ours that they serve.

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
}

macro_rules! select_numbers {
    () => {
        numbers::table.inner_join(gateways::table).filter(numbers::active.eq(true)).select((
            numbers::id,
            numbers::phone,
            numbers::label,
            gateways::id,
            gateways::kind,
        ))
    };
}

/// The numbers in use, the first one first.
pub fn numbers(connection: &mut DbConnection) -> Stored<Vec<Number>> {
    Ok(select_numbers!().order(numbers::id).load(connection)?)
}

pub fn number(connection: &mut DbConnection, id: NumberId) -> Stored<Option<Number>> {
    Ok(select_numbers!().filter(numbers::id.eq(id)).first(connection).optional()?)
}

/// The number with this phone at this gateway.
pub fn number_of(connection: &mut DbConnection, gateway: GatewayKind, phone: &str) -> Stored<Option<Number>> {
    Ok(select_numbers!()
        .filter(gateways::kind.eq(gateway))
        .filter(numbers::phone.eq(phone))
        .first(connection)
        .optional()?)
}

pub fn id_of(connection: &mut DbConnection, gateway: GatewayKind) -> Stored<Option<GatewayId>> {
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

pub fn insert_number(tx: &mut Writer<'_>, gateway: GatewayId, phone: &str, label: &str) -> Stored<NumberId> {
    Ok(diesel::insert_into(numbers::table)
        .values((
            numbers::gateway_id.eq(gateway),
            numbers::phone.eq(phone),
            numbers::label.eq(label),
            numbers::active.eq(true),
        ))
        .returning(numbers::id)
        .get_result(&mut **tx)?)
}
