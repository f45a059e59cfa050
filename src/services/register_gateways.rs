use super::Done;
use crate::domain::GatewayKind;
use crate::store::{Writer, gateways};

/// Makes sure that a configured gateway exists in the database, with its number.
pub fn register_gateway(tx: &mut Writer<'_>, kind: GatewayKind, phone: &str, label: &str) -> Done<()> {
    let gateway = gateways::ensure(tx, kind)?;
    if gateways::number_of(tx, kind, phone)?.is_none() {
        gateways::insert_number(tx, gateway, phone, label)?;
    }
    Ok(())
}
