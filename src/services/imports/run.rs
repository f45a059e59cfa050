use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::batch::{Known, Sheet};
use super::check::count;
use super::entry::Entry;
use super::matching::{Plan, plan};
use super::snapshot::{Snapshot, fingerprint};
use super::step::ROWS;
use crate::domain::{ClientActivityKind, ClientId, ConversationId, ImportOutcome};
use crate::services::Done;
use crate::services::client_details::ClientDetails;
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
                Err(why) => settle(tx, row, &Settled::plainly(ImportOutcome::Bad, why), progress)?,
            },
            other => count(progress, other),
        }
    }
    let mut touched = Vec::new();
    let mut rest = good.as_slice();
    while !rest.is_empty() {
        let (apart, others) = rest.split_at(strangers(rest));
        touched.extend(together(tx, &sheet, apart, progress, now)?);
        rest = others;
    }
    if !touched.is_empty() {
        touched.sort_unstable();
        touched.dedup();
        let by = import.progress.acting_user_id;
        client_intake::note(tx, &touched, ClientActivityKind::Imported, by, &import.file_name, now)?;
    }
    Ok(rows.len() as i64 == ROWS)
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

/// Answers which records were added or changed.
fn together(
    tx: &mut Writer<'_>,
    sheet: &Sheet,
    rows: &[(&ImportRow, Entry)],
    progress: &mut Progress,
    now: NaiveDateTime,
) -> Stored<Vec<ClientId>> {
    let mut known = Known::with_keys_of(tx, rows.iter().map(|(_, entry)| entry))?;
    let phones: Vec<String> = rows.iter().flat_map(|(_, entry)| entry.phones()).cloned().collect();
    let mut threads: BTreeMap<String, Vec<ConversationId>> = BTreeMap::new();
    for (phone, id) in client_intake::conversations_with(tx, &phones)? {
        threads.entry(phone).or_default().push(id);
    }
    let mut new = Vec::new();
    let mut touched = Vec::new();
    for (row, entry) in rows {
        match plan(entry, sheet, &known)? {
            Plan::Add(details) => new.push((*row, details)),
            Plan::Update { id, to } => {
                let from = known.details(id).cloned().unwrap_or_default();
                let settled = change(tx, id, &from, &to, &threads)?;
                settle(tx, row, &settled, progress)?;
                known.now_says(id, to);
                touched.push(id);
            }
            Plan::Skip(why) => settle(tx, row, &Settled::plainly(ImportOutcome::Skipped, why), progress)?,
            Plan::Bad(why) => settle(tx, row, &Settled::plainly(ImportOutcome::Bad, why), progress)?,
        }
    }
    touched.extend(add(tx, new, &threads, progress, now)?);
    Ok(touched)
}

fn add(
    tx: &mut Writer<'_>,
    rows: Vec<(&ImportRow, ClientDetails)>,
    threads: &BTreeMap<String, Vec<ConversationId>>,
    progress: &mut Progress,
    now: NaiveDateTime,
) -> Stored<Vec<ClientId>> {
    let new_client = |details: &ClientDetails| NewClient {
        fields: details.fields.clone(),
        phones: details.phones.clone(),
        holders: details.holders.iter().map(|(position, user)| (*position, *user)).collect(),
    };
    let new: Vec<NewClient> = rows.iter().map(|(_, details)| new_client(details)).collect();
    let ids = client_intake::insert(tx, &new, now)?;
    for ((row, details), id) in rows.iter().zip(&ids) {
        link(tx, *id, &ClientDetails::default(), details, threads)?;
        let settled = Settled {
            client_id: Some(*id),
            after: fingerprint(details)?,
            ..Settled::plainly(ImportOutcome::Added, "")
        };
        settle(tx, row, &settled, progress)?;
    }
    Ok(ids)
}

fn change(
    tx: &mut Writer<'_>,
    id: ClientId,
    from: &ClientDetails,
    to: &ClientDetails,
    threads: &BTreeMap<String, Vec<ConversationId>>,
) -> Stored<Settled> {
    put(tx, id, from, to)?;
    let linked = link(tx, id, from, to, threads)?;
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

/// Conversations with the phones that came show this client from now on. Answers which.
fn link(
    tx: &mut Writer<'_>,
    id: ClientId,
    from: &ClientDetails,
    to: &ClientDetails,
    threads: &BTreeMap<String, Vec<ConversationId>>,
) -> Stored<Vec<ConversationId>> {
    let came = to.phones.iter().filter(|phone| !from.phones.iter().any(|old| old.phone == phone.phone));
    let mut linked = Vec::new();
    for conversation in came.filter_map(|phone| threads.get(&phone.phone)).flatten() {
        if conversations::link(tx, *conversation, id)? {
            linked.push(*conversation);
        }
    }
    Ok(linked)
}

fn settle(tx: &mut Writer<'_>, row: &ImportRow, settled: &Settled, progress: &mut Progress) -> Stored<()> {
    count(progress, settled.outcome);
    import_rows::settle(tx, row.id, settled)
}
