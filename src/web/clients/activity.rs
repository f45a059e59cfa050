use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::domain::ClientActivityKind;
use crate::store::client_activity::Activity;
use crate::web::site::time_label;
use crate::web::view::clients::Happened;

/// What happened to a record, as people say it.
pub fn happened(line: Activity, now: NaiveDateTime, zone: Tz) -> Happened {
    let what = match (line.kind, line.actor.as_deref()) {
        (ClientActivityKind::Created, None) => "Entered".to_owned(),
        (ClientActivityKind::Imported, None) => "Imported from a file".to_owned(),
        (kind, actor) => format!("{} {}", actor.unwrap_or("Crewline"), did(kind)),
    };
    Happened { kind: line.kind, what, detail: line.detail, time: time_label(now, line.at, zone) }
}

fn did(kind: ClientActivityKind) -> &'static str {
    match kind {
        ClientActivityKind::Created => "entered this client",
        ClientActivityKind::Imported => "imported this client from a file",
        ClientActivityKind::Edited => "edited the record",
        ClientActivityKind::LeadStatus => "changed the lead status",
        ClientActivityKind::Position => "changed who holds a position",
        ClientActivityKind::Phone => "changed the phones",
        ClientActivityKind::Linked => "linked a conversation",
        ClientActivityKind::Unlinked => "unlinked a conversation",
    }
}
