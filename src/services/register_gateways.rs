use chrono::NaiveDateTime;

use super::{Done, phones};
use crate::domain::GatewayKind;
use crate::store::Writer;

/// Makes sure that a configured gateway exists in the database, with its number.
pub fn register_gateway(
    tx: &mut Writer<'_>,
    kind: GatewayKind,
    phone: &str,
    label: &str,
    now: NaiveDateTime,
) -> Done<()> {
    phones::ensure_number(tx, kind, phone, label, now)?;
    Ok(())
}
