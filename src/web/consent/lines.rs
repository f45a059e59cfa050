use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::domain::{ConsentKind, ConsentSource};
use crate::store::consents::{self, Consent};
use crate::store::{DbConnection, Stored};
use crate::web::site::{time_label, zone};
use crate::web::view::consent::ConsentLine;

/// A line of the record, as people say it.
pub fn line(line: Consent, now: NaiveDateTime, zone: Tz) -> ConsentLine {
    ConsentLine {
        kind: line.kind,
        what: what(line.kind, line.source, line.user.as_deref().unwrap_or("Somebody")),
        note: line.note,
        time: time_label(now, line.at, zone),
    }
}

/// The newest few, where the record is only a part of the page.
pub fn newest(connection: &mut DbConnection, phone: &str, limit: i64, now: NaiveDateTime) -> Stored<Vec<ConsentLine>> {
    let zone = zone(connection)?;
    Ok(consents::page(connection, phone, None, limit)?.into_iter().map(|one| line(one, now, zone)).collect())
}

fn what(kind: ConsentKind, source: ConsentSource, who: &str) -> String {
    match (kind, source) {
        (ConsentKind::OptedOut, ConsentSource::Text) => "Opted out with STOP".to_owned(),
        (ConsentKind::OptedOut, ConsentSource::Gateway) => "Opted out, as the gateway told us".to_owned(),
        (ConsentKind::OptedOut, ConsentSource::Import) => "Opted out, as an imported file said".to_owned(),
        (ConsentKind::OptedOut, ConsentSource::Staff) => format!("{who} opted this phone out"),
        (ConsentKind::OptedIn, ConsentSource::Staff) => format!("{who} undid the opt-out"),
        (ConsentKind::OptedIn, _) => "Opted in again with START".to_owned(),
        (ConsentKind::ConsentGiven, ConsentSource::Import) => "Agreed to texts, as an imported file said".to_owned(),
        (ConsentKind::ConsentGiven, _) => format!("{who} noted that they agreed to texts"),
        (ConsentKind::ConsentWithdrawn, _) => format!("{who} confirmed that they want no more texts"),
    }
}
