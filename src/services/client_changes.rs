//! What is different between a record before and after, in words for its activity.

use crate::domain::{ClientActivityKind, OutsideAddress, UserId};
use crate::store::clients::Fields;
use crate::store::{DbConnection, Stored, lead_statuses, positions, users};

use super::ClientDetails;

/// What is different, a line each.
pub(super) fn changes(
    connection: &mut DbConnection,
    before: &ClientDetails,
    after: &ClientDetails,
) -> Stored<Vec<(ClientActivityKind, String)>> {
    let mut changes = Vec::new();
    let (old, new) = (&before.fields, &after.fields);
    if old.lead_status_id != new.lead_status_id {
        let statuses = lead_statuses::all(connection)?;
        let name = |id| statuses.iter().find(|status| status.id == id).map_or("", |status| status.name.as_str());
        let detail = another_status(name(old.lead_status_id), name(new.lead_status_id));
        changes.push((ClientActivityKind::LeadStatus, detail));
    }
    let edited = edited(old, new);
    if !edited.is_empty() {
        changes.push((ClientActivityKind::Edited, edited.join(", ")));
    }
    if before.phones != after.phones {
        let phones: Vec<String> =
            after.phones.iter().map(|phone| OutsideAddress::from_gateway(&phone.phone).display()).collect();
        let detail = if phones.is_empty() { "None left".to_owned() } else { phones.join(", ") };
        changes.push((ClientActivityKind::Phone, detail));
    }
    if before.holders != after.holders {
        for position in positions::all(connection)? {
            let (left, came) = (before.holders.get(&position.id), after.holders.get(&position.id));
            if left != came {
                let (left, came) = (named(connection, left)?, named(connection, came)?);
                let detail = another_holder(&position.name, left.as_deref(), came.as_deref());
                changes.push((ClientActivityKind::Position, detail));
            }
        }
    }
    Ok(changes)
}

fn named(connection: &mut DbConnection, user: Option<&UserId>) -> Stored<Option<String>> {
    let user = user.map(|id| users::find(connection, *id)).transpose()?.flatten();
    Ok(user.map(|user| user.name))
}

/// "Lead Received → Demo".
pub(super) fn another_status(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// "Sales Person: Eve → nobody".
pub(super) fn another_holder(position: &str, left: Option<&str>, came: Option<&str>) -> String {
    format!("{position}: {} → {}", left.unwrap_or("nobody"), came.unwrap_or("nobody"))
}

fn edited(old: &Fields, new: &Fields) -> Vec<&'static str> {
    let differs = [
        ("name", (&old.first_name, &old.last_name) != (&new.first_name, &new.last_name)),
        ("company", old.company != new.company),
        ("e-mail", old.email != new.email),
        ("address", old.address != new.address),
        ("time zone", old.time_zone != new.time_zone),
        ("lead source", old.lead_source != new.lead_source),
        ("appointment", old.appointment_at != new.appointment_at),
        ("notes", old.notes != new.notes),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
}
