//! What is to become of a row: whether somebody has its phone or e-mail already, and what then.

use super::batch::{Known, Sheet};
use super::entry::{Entry, Faults};
use crate::domain::{ClientId, DuplicateRule};
use crate::services::Error;
use crate::services::client_details::ClientDetails;
use crate::store::Stored;

pub enum Plan {
    Add(ClientDetails),
    /// What the record will say.
    Update {
        id: ClientId,
        to: ClientDetails,
    },
    /// Because of this record, if it is still there.
    Skip {
        id: Option<ClientId>,
        why: String,
    },
    Bad(String),
}

/// Against the records as they are.
pub fn plan(entry: &Entry, sheet: &Sheet, known: &Known) -> Stored<Plan> {
    let matches = known.matches(entry);
    let Some(first) = matches.first() else { return add(entry, sheet) };
    if sheet.mapping.duplicates == DuplicateRule::Skip {
        let why = format!("{} has this phone or e-mail already.", known.name(*first));
        return Ok(Plan::Skip { id: Some(*first), why });
    }
    match one_of(&matches, entry, known) {
        Some(id) => update(id, entry, sheet, known),
        None => {
            let names: Vec<&str> = matches.iter().take(3).map(|id| known.name(*id)).collect();
            let names = names.join(" and ");
            Ok(Plan::Bad(format!("{names} all have this phone or e-mail. Change the right one by hand.")))
        }
    }
}

/// The record meant: the only one, or the only one of that name in a household.
fn one_of(matches: &[ClientId], entry: &Entry, known: &Known) -> Option<ClientId> {
    if let [only] = matches {
        return Some(*only);
    }
    let is_called = |id: &&ClientId| {
        let fields = known.details(**id).map(|details| &details.fields);
        fields.is_some_and(|fields| entry.is_called(&fields.first_name, &fields.last_name))
    };
    let mut called = matches.iter().filter(is_called);
    called.next().filter(|_| called.next().is_none()).copied()
}

fn add(entry: &Entry, sheet: &Sheet) -> Stored<Plan> {
    if !sheet.lists.has_status(sheet.mapping.status) {
        let gone = "The lead status for new clients is not there any more. Change the mapping.";
        return Ok(Plan::Bad(gone.to_owned()));
    }
    let details = entry.details(sheet.mapping.status);
    checked(&details, None, sheet, Plan::Add)
}

fn update(id: ClientId, entry: &Entry, sheet: &Sheet, known: &Known) -> Stored<Plan> {
    let Some(from) = known.details(id) else {
        return Ok(Plan::Skip { id: None, why: "The record was deleted just now.".to_owned() });
    };
    let same = || Plan::Skip { id: Some(id), why: format!("{} says all of this already.", known.name(id)) };
    checked(&entry.merged(from), Some(from), sheet, |to| if to == *from { same() } else { Plan::Update { id, to } })
}

fn checked(
    details: &ClientDetails,
    before: Option<&ClientDetails>,
    sheet: &Sheet,
    then: impl FnOnce(ClientDetails) -> Plan,
) -> Stored<Plan> {
    let mut faults = Vec::new();
    for (position, user) in &details.holders {
        let stays = before.is_some_and(|before| before.holders.get(position) == Some(user));
        if let Some(holder) = sheet.lists.user(*user).filter(|user| !user.active && !stays) {
            faults.push(format!("{} is deactivated and can take no position.", holder.name));
        }
    }
    match details.tidied() {
        Ok(details) if faults.is_empty() => return Ok(then(details)),
        Ok(_) => {}
        Err(Error::Store(error)) => return Err(error),
        Err(other) => faults.push(other.to_string()),
    }
    Ok(Plan::Bad(faults.join(" ")))
}

/// All that is wrong with a row that cannot be read in full: also what would be if the rest of it were good.
pub fn everything_wrong(faults: &Faults, sheet: &Sheet, known: &Known) -> Stored<String> {
    let mut why = faults.why.clone();
    if let Some(rest) = &faults.rest
        && let Plan::Bad(more) = plan(rest, sheet, known)?
    {
        why.push(more);
    }
    Ok(why.join(" "))
}
