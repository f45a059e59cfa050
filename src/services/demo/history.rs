use chrono::{NaiveDateTime, TimeDelta};

use super::clients::Record;
use super::company::Founded;
use super::people::Person;
use crate::domain::{ClientActivityKind, ClientId};
use crate::services::found_company::POSITIONS;
use crate::store::{Stored, Writer, client_activity};

/// How a lead that goes well comes along.
const WON: [&str; 7] =
    ["Lead Received", "Appointment Set", "Appointment Confirmed", "Demo", "Job Sold", "Job In Progress", "Customer"];

/// Writes down how a record came to say what it says: entered, given to people, and one lead status after the other.
pub(super) fn tell(
    tx: &mut Writer<'_>,
    company: &Founded,
    record: &Record,
    client: ClientId,
    since: NaiveDateTime,
) -> Stored<()> {
    let office = Person::named("manager").and_then(|person| company.user(person));
    client_activity::insert(tx, client, ClientActivityKind::Created, office, "", since)?;
    let mut at = since;
    for (position, holder) in POSITIONS.iter().zip(record.holders) {
        if let Some(holder) = holder {
            at += TimeDelta::minutes(7);
            let detail = format!("{position}: nobody → {}", holder.name());
            client_activity::insert(tx, client, ClientActivityKind::Position, office, &detail, at)?;
        }
    }
    let path = path_to(record.lead_status);
    for (step, (from, to)) in (1..).zip(path.iter().zip(path.iter().skip(1))) {
        // Who leads the job takes over once it is sold
        let [sales, projects, _] = record.holders;
        let by = if step > 4 { projects.or(sales) } else { sales };
        let by = by.and_then(|person| company.user(person)).or(office);
        at += TimeDelta::days(8) + TimeDelta::minutes(step * 47);
        client_activity::insert(tx, client, ClientActivityKind::LeadStatus, by, &format!("{from} → {to}"), at)?;
    }
    Ok(())
}

/// The lead statuses up to this one.
fn path_to(status: &'static str) -> Vec<&'static str> {
    match WON.iter().position(|step| *step == status) {
        Some(last) => WON.into_iter().take(last + 1).collect(),
        None if status == "Appointment Not Set" => vec!["Lead Received", status],
        None => vec!["Lead Received", "Appointment Set", "Demo", status],
    }
}
