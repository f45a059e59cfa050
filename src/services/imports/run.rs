use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::batch::{Known, Sheet};
use super::check::count;
use super::entry::Entry;
use super::history::{alike, moved};
use super::matching::{Plan, plan};
use super::snapshot::{Snapshot, fingerprint};
use super::step::ROWS;
use super::threads::Threads;
use crate::domain::{ClientActivityKind, ClientId, ImportOutcome, UserId};
use crate::services::Done;
use crate::services::client_details::ClientDetails;
use crate::store::client_activity::{self, Line};
use crate::store::client_intake::{self, NewClient};
use crate::store::import_rows::{self, ImportRow, Settled};
use crate::store::imports::{Import, Progress};
use crate::store::{Stored, Writer, client_positions, clients, conversations};

/// Imports the next rows, each against the records as they are now. Answers whether there are more.
pub fn rows(tx: &mut Writer<'_>, import: &Import, progress: &mut Progress, now: NaiveDateTime) -> Done<bool> {
    let sheet = Sheet::load(tx, import)?;
    let rows = import_rows::after(tx, import.id, progress.reached, ROWS)?;
    let mut good = Vec::with_capacity(rows.len());
    for row in &rows {
        progress.reached = row.line;
        match row.outcome {
            ImportOutcome::Add | ImportOutcome::Update | ImportOutcome::Skip => match sheet.entry(row)? {
                Ok(entry) => good.push((row, entry)),
                Err(faults) => {
                    settle(tx, row, &Settled::plainly(ImportOutcome::Bad, faults.why.join(" ")), progress)?;
                }
            },
            other => count(progress, other),
        }
    }
    let by = import.progress.acting_user_id;
    let mut history = History::default();
    let mut rest = good.as_slice();
    while !rest.is_empty() {
        let (apart, others) = rest.split_at(strangers(rest));
        together(tx, &sheet, apart, by, &mut history, progress, now)?;
        rest = others;
    }
    let History { mut touched, mut lines } = history;
    touched.sort_unstable();
    touched.dedup();
    lines.extend(alike(&touched, ClientActivityKind::Imported, &import.file_name));
    client_activity::note(tx, &lines, Some(by), now)?;
    Ok(rows.len() as i64 == ROWS)
}

/// Which records were added or changed, and what their histories say of it.
#[derive(Default)]
struct History {
    touched: Vec<ClientId>,
    lines: Vec<Line>,
}

/// How many of the first rows share no phone and no e-mail: these can be dealt with at once. At least one.
fn strangers(rows: &[(&ImportRow, Entry)]) -> usize {
    let mut keys = BTreeSet::new();
    for (at, (_, entry)) in rows.iter().enumerate() {
        let own: BTreeSet<String> = entry.keys().into_iter().collect();
        if !keys.is_disjoint(&own) {
            return at;
        }
        keys.extend(own);
    }
    rows.len()
}

fn together(
    tx: &mut Writer<'_>,
    sheet: &Sheet,
    rows: &[(&ImportRow, Entry)],
    by: UserId,
    history: &mut History,
    progress: &mut Progress,
    now: NaiveDateTime,
) -> Stored<()> {
    let mut known = Known::with_keys_of(tx, rows.iter().map(|(_, entry)| entry))?;
    let phones: Vec<String> = rows.iter().flat_map(|(_, entry)| entry.phones()).cloned().collect();
    let threads = Threads::with_phones(tx, &phones, by)?;
    let mut new = Vec::new();
    for (row, entry) in rows {
        match plan(entry, sheet, &known)? {
            Plan::Add(details) => new.push((*row, details)),
            Plan::Update { id, to } => {
                let from = known.details(id).cloned().unwrap_or_default();
                let settled = change(tx, id, &from, &to, &threads, history)?;
                settle(tx, row, &settled, progress)?;
                history.lines.extend(moved(id, &from, &to, &sheet.lists));
                known.now_says(id, to);
            }
            Plan::Skip { id, why } => {
                let settled = Settled { client_id: id, ..Settled::plainly(ImportOutcome::Skipped, why) };
                settle(tx, row, &settled, progress)?;
            }
            Plan::Bad(why) => settle(tx, row, &Settled::plainly(ImportOutcome::Bad, why), progress)?,
        }
    }
    add(tx, new, &threads, history, progress, now)
}

fn add(
    tx: &mut Writer<'_>,
    rows: Vec<(&ImportRow, ClientDetails)>,
    threads: &Threads,
    history: &mut History,
    progress: &mut Progress,
    now: NaiveDateTime,
) -> Stored<()> {
    let new_client = |details: &ClientDetails| NewClient {
        fields: details.fields.clone(),
        phones: details.phones.clone(),
        holders: details.holders.iter().map(|(position, user)| (*position, *user)).collect(),
    };
    let new: Vec<NewClient> = rows.iter().map(|(_, details)| new_client(details)).collect();
    let ids = client_intake::insert(tx, &new, now)?;
    for ((row, details), id) in rows.iter().zip(&ids) {
        threads.link(tx, *id, &ClientDetails::default(), details, &mut history.lines)?;
        let settled = Settled {
            client_id: Some(*id),
            after: fingerprint(details)?,
            ..Settled::plainly(ImportOutcome::Added, "")
        };
        settle(tx, row, &settled, progress)?;
    }
    history.touched.extend(ids);
    Ok(())
}

fn change(
    tx: &mut Writer<'_>,
    id: ClientId,
    from: &ClientDetails,
    to: &ClientDetails,
    threads: &Threads,
    history: &mut History,
) -> Stored<Settled> {
    put(tx, id, from, to)?;
    let linked = threads.link(tx, id, from, to, &mut history.lines)?;
    history.touched.push(id);
    Ok(Settled {
        outcome: ImportOutcome::Updated,
        reason: String::new(),
        client_id: Some(id),
        before: Snapshot::of(from, linked).to_json()?,
        after: fingerprint(to)?,
    })
}

/// Makes the record say something else, and what it and its conversations are found by.
pub fn put(tx: &mut Writer<'_>, id: ClientId, from: &ClientDetails, to: &ClientDetails) -> Stored<()> {
    client_intake::change_phones(tx, id, &from.phones, &to.phones)?;
    clients::update(tx, id, &to.fields)?;
    for position in from.holders.keys().filter(|position| !to.holders.contains_key(position)) {
        client_positions::leave(tx, id, *position)?;
    }
    for (position, user) in to.holders.iter().filter(|(position, user)| from.holders.get(position) != Some(user)) {
        client_positions::hold(tx, id, *position, *user)?;
    }
    let name = |details: &ClientDetails| {
        let fields = &details.fields;
        (fields.first_name.clone(), fields.last_name.clone(), fields.company.clone())
    };
    if name(from) != name(to) {
        for conversation in conversations::of_client(tx, id)? {
            conversations::index(tx, conversation)?;
        }
    }
    Ok(())
}

fn settle(tx: &mut Writer<'_>, row: &ImportRow, settled: &Settled, progress: &mut Progress) -> Stored<()> {
    count(progress, settled.outcome);
    import_rows::settle(tx, row.id, settled)
}
