use chrono::NaiveDateTime;

use super::{By, Done};
use crate::store::Writer;

/// The log says of itself who took a copy, and of which entries.
pub fn note_audit_export(tx: &mut Writer<'_>, by: &By, which: &str, now: NaiveDateTime) -> Done<()> {
    Ok(by.record(tx, "audit.exported", "audit_log", which, now)?)
}
