use std::collections::HashMap;

use super::batch::{Known, Sheet};
use super::entry::Entry;
use super::matching::{Plan, everything_wrong, plan};
use super::step::ROWS;
use crate::domain::{DuplicateRule, ImportOutcome};
use crate::services::Done;
use crate::store::import_rows::{self, Settled};
use crate::store::imports::{Import, Progress};
use crate::store::{Stored, Writer, import_keys};

/// Gives each of the next rows a plan. Answers whether there are more.
pub fn rows(tx: &mut Writer<'_>, import: &Import, progress: &mut Progress) -> Done<bool> {
    let sheet = Sheet::load(tx, import)?;
    let rows = import_rows::after(tx, import.id, progress.reached, ROWS)?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        entries.push(sheet.entry(row)?);
    }
    let read = entries.iter().filter_map(|entry| entry.as_ref().map_or_else(|faults| faults.rest.as_deref(), Some));
    let known = Known::with_keys_of(tx, read)?;
    let keys: Vec<String> = entries.iter().flatten().flat_map(Entry::keys).collect();
    let mut earlier: HashMap<String, i64> = import_keys::known(tx, import.id, &keys)?.into_iter().collect();
    let mut new = Vec::new();
    for (row, entry) in rows.iter().zip(&entries) {
        let settled = match entry {
            Err(faults) => Settled::plainly(ImportOutcome::Bad, everything_wrong(faults, &sheet, &known)?),
            Ok(entry) => {
                let settled = in_the_file(entry, &sheet, &earlier, planned(plan(entry, &sheet, &known)?, &known));
                if matches!(settled.outcome, ImportOutcome::Add | ImportOutcome::Update) {
                    for key in entry.keys() {
                        if !earlier.contains_key(&key) {
                            earlier.insert(key.clone(), row.line);
                            new.push((key, row.line));
                        }
                    }
                }
                settled
            }
        };
        count(progress, settled.outcome);
        import_rows::settle(tx, row.id, &settled)?;
        progress.reached = row.line;
    }
    remember(tx, import, &new)?;
    Ok(rows.len() as i64 == ROWS)
}

/// A row that would be added, but whose phone or e-mail an earlier row has.
fn in_the_file(entry: &Entry, sheet: &Sheet, earlier: &HashMap<String, i64>, settled: Settled) -> Settled {
    if settled.outcome != ImportOutcome::Add {
        return settled;
    }
    let Some(line) = entry.keys().iter().find_map(|key| earlier.get(key)) else { return settled };
    match sheet.mapping.duplicates {
        DuplicateRule::Skip => {
            Settled::plainly(ImportOutcome::Skip, format!("Line {line} has this phone or e-mail already."))
        }
        DuplicateRule::Update => {
            Settled::plainly(ImportOutcome::Update, format!("Adds to line {line}, which has this phone or e-mail."))
        }
    }
}

fn planned(plan: Plan, known: &Known) -> Settled {
    match plan {
        Plan::Add(_) => Settled::plainly(ImportOutcome::Add, ""),
        Plan::Update { id, .. } => {
            let reason = format!("Changes {}, who has this phone or e-mail.", known.name(id));
            Settled { client_id: Some(id), ..Settled::plainly(ImportOutcome::Update, reason) }
        }
        Plan::Skip { id, why } => Settled { client_id: id, ..Settled::plainly(ImportOutcome::Skip, why) },
        Plan::Bad(why) => Settled::plainly(ImportOutcome::Bad, why),
    }
}

/// The row is done with, as this.
pub fn count(progress: &mut Progress, outcome: ImportOutcome) {
    progress.processed += 1;
    match outcome {
        ImportOutcome::Add | ImportOutcome::Added => progress.adds += 1,
        ImportOutcome::Update | ImportOutcome::Updated => progress.updates += 1,
        ImportOutcome::Skip | ImportOutcome::Skipped => progress.skips += 1,
        ImportOutcome::Bad => progress.bads += 1,
        ImportOutcome::Removed => progress.undone += 1,
        ImportOutcome::Restored => (progress.undone, progress.restored) = (progress.undone + 1, progress.restored + 1),
        ImportOutcome::Kept => progress.kept += 1,
        ImportOutcome::Waiting => {}
    }
}

fn remember(tx: &mut Writer<'_>, import: &Import, new: &[(String, i64)]) -> Stored<()> {
    if new.is_empty() { Ok(()) } else { import_keys::insert(tx, import.id, new) }
}
