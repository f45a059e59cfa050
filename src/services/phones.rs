//! Which of our numbers a text is about.

use super::Done;
use crate::domain::{GatewayKind, OutsideAddress};
use crate::store::gateways::{self, Number};
use crate::store::{StoreError, Writer};

/// The number that a gateway delivered to. One we did not know of is taken on: its texts must not be lost.
pub(super) fn our_number(tx: &mut Writer<'_>, gateway: GatewayKind, to: &str) -> Done<Number> {
    let phone = OutsideAddress::from_gateway(to);
    if let Some(number) = gateways::number_of(tx, gateway, phone.as_str())? {
        return Ok(number);
    }
    let gateway_id = gateways::ensure(tx, gateway)?;
    let id = gateways::insert_number(tx, gateway_id, phone.as_str(), &phone.display())?;
    gateways::number(tx, id)?.ok_or_else(|| StoreError::Corrupt("a number that was just stored".to_owned()).into())
}
