use super::lists::Lists;
use crate::domain::{ClientActivityKind, ClientId};
use crate::services::client_changes::{another_holder, another_status};
use crate::services::client_details::ClientDetails;
use crate::store::client_activity::Line;

/// What the history of a record says of a row beside its having been imported: its lead status, and who holds what.
pub fn moved(id: ClientId, from: &ClientDetails, to: &ClientDetails, lists: &Lists) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut note = |kind, detail| lines.push(Line { client: id, kind, detail });
    let (old, new) = (from.fields.lead_status_id, to.fields.lead_status_id);
    if old != new {
        note(ClientActivityKind::LeadStatus, another_status(lists.status_name(old), lists.status_name(new)));
    }
    for position in &lists.positions {
        let (left, came) = (from.holders.get(&position.id), to.holders.get(&position.id));
        if left != came {
            let name = |id| lists.user(id).map(|user| user.name.as_str());
            let detail = another_holder(&position.name, left.copied().and_then(name), came.copied().and_then(name));
            note(ClientActivityKind::Position, detail);
        }
    }
    lines
}

/// The same line for each of them.
pub fn alike(ids: &[ClientId], kind: ClientActivityKind, detail: &str) -> Vec<Line> {
    ids.iter().map(|id| Line { client: *id, kind, detail: detail.to_owned() }).collect()
}
