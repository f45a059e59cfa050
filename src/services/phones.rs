//! Which of our numbers a text is about.

use chrono::NaiveDateTime;

use super::Done;
use crate::domain::{GatewayKind, NumberId, OutsideAddress};
use crate::store::gateways::{self, Number};
use crate::store::{StoreError, Writer};

/// The number that a gateway delivered to. One we did not know of is taken on: its texts must not be lost.
pub(super) fn our_number(tx: &mut Writer<'_>, gateway: GatewayKind, to: &str, now: NaiveDateTime) -> Done<Number> {
    let phone = OutsideAddress::from_gateway(to);
    let id = ensure_number(tx, gateway, phone.as_str(), &phone.display(), now)?;
    gateways::number(tx, id)?.ok_or_else(|| StoreError::Corrupt("a number that was just stored".to_owned()).into())
}

/// A phone is one number of ours, at the gateway that serves it now.
pub(super) fn ensure_number(
    tx: &mut Writer<'_>,
    kind: GatewayKind,
    phone: &str,
    label: &str,
    now: NaiveDateTime,
) -> Done<NumberId> {
    let gateway = gateways::ensure(tx, kind)?;
    let Some(id) = gateways::with_phone(tx, phone)? else {
        return Ok(gateways::insert_number(tx, gateway, phone, label, now)?);
    };
    if gateways::number(tx, id)?.is_none_or(|number| number.gateway != kind) {
        gateways::move_number(tx, id, gateway)?;
    }
    Ok(id)
}
