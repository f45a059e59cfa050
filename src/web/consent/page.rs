use chrono::NaiveDateTime;

use super::line;
use crate::domain::{ConsentId, OutsideAddress};
use crate::services::{LONGEST_CONSENT_NOTE, may_undo_opt_out};
use crate::store::{DbConnection, Stored, consents, opt_outs};
use crate::web::format;
use crate::web::site::zone;
use crate::web::view::consent::{ConsentPage, ConsentRecord};
use crate::web::view::{PageParts, Shell};

const LINES: usize = 30;

/// What was typed and refused, and why.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    pub note: String,
    pub error: Option<String>,
}

/// The page, and where its forms and links lead.
pub struct Place {
    pub shell: Shell,
    /// Whose phone it is.
    pub title: String,
    /// The page it belongs to.
    pub back: String,
    /// Takes the form.
    pub action: String,
    /// The page itself; its pages add `before`.
    pub address: String,
    pub phone: String,
    pub may_note: bool,
}

pub fn page(
    connection: &mut DbConnection,
    place: Place,
    before: Option<ConsentId>,
    refused: Refused,
    now: NaiveDateTime,
) -> Stored<impl PageParts + use<>> {
    let zone = zone(connection)?;
    let mut lines = consents::page(connection, &place.phone, before, LINES as i64 + 1)?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let by_hand = may_undo_opt_out(connection, &place.phone)?;
    let out = opt_outs::find(connection, &place.phone)?;
    let joint = if place.address.contains('?') { '&' } else { '?' };
    Ok(ConsentPage {
        shell: place.shell,
        title: place.title,
        back: place.back,
        record: ConsentRecord {
            action: place.action,
            shown: OutsideAddress::from_gateway(&place.phone).display(),
            opted_out: out.map(|out| format::in_full(out.since, zone)),
            by_hand,
            may_note: place.may_note,
            may_undo: place.may_note && by_hand,
            next: lines.last().filter(|_| more).map(|last| format!("{}{joint}before={}", place.address, last.id)),
            lines: lines.into_iter().map(|one| line(one, now, zone)).collect(),
            note: refused.note,
            longest: LONGEST_CONSENT_NOTE,
            error: refused.error,
            phone: place.phone,
        },
    })
}
