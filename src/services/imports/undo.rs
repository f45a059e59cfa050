use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::batch::Known;
use super::check::count;
use super::forget::CLIENT_DELETED;
use super::history::alike;
use super::lists::Lists;
use super::run::put;
use super::snapshot::{Since, Snapshot, since};
use super::step::ROWS;
use crate::domain::{ClientActivityKind, ClientId, ImportOutcome};
use crate::services::Done;
use crate::store::import_rows::{self, ImportRow, Settled};
use crate::store::imports::{Import, Progress};
use crate::store::{Stored, Writer, client_activity, client_intake, conversations};

const CHANGED: &str = "Somebody changed the record since.";
const MOVED: &str = "Its lead status or positions were changed since.";
const IN_TOUCH: &str = "There were texts with this client since.";
const NO_STATUS: &str = "The lead status that it had before is not there any more.";

/// Takes back the last rows that are left, from the bottom up, so that a record that two rows changed goes back
/// the way it came. Answers whether there are more.
pub fn rows(tx: &mut Writer<'_>, import: &Import, progress: &mut Progress, now: NaiveDateTime) -> Done<bool> {
    let rows = import_rows::before(tx, import.id, progress.reached, ROWS)?;
    let ids: Vec<ClientId> = rows.iter().filter_map(|row| row.client_id).collect();
    let mut records = Known::of(tx, &ids)?;
    let since = import.progress.run_at.unwrap_or(import.created_at);
    let in_touch: BTreeSet<ClientId> = client_intake::in_touch_since(tx, &ids, since)?.into_iter().collect();
    let lists = Lists::load(tx)?;
    let mut goes = Vec::new();
    let mut restored = Vec::new();
    for row in &rows {
        progress.reached = row.line;
        let done = match row.outcome {
            ImportOutcome::Added => remove(row, &mut records, &in_touch, &mut goes)?,
            ImportOutcome::Updated => restore(tx, row, &lists, &mut records, &mut restored)?,
            _ => {
                progress.processed += 1;
                continue;
            }
        };
        count(progress, done.outcome);
        import_rows::settle(tx, row.id, &done)?;
    }
    let threads = client_intake::conversations_of(tx, &goes)?;
    client_intake::delete(tx, &goes)?;
    for conversation in threads {
        conversations::index(tx, conversation)?;
    }
    restored.retain(|id| !goes.contains(id));
    if !restored.is_empty() {
        restored.sort_unstable();
        restored.dedup();
        let detail = format!("import of {} undone", import.file_name);
        let by = import.progress.acting_user_id;
        client_activity::note(tx, &alike(&restored, ClientActivityKind::Edited, &detail), Some(by), now)?;
    }
    Ok(rows.len() as i64 == ROWS)
}

/// A record that the row added goes, unless somebody made it theirs.
fn remove(
    row: &ImportRow,
    records: &mut Known,
    in_touch: &BTreeSet<ClientId>,
    goes: &mut Vec<ClientId>,
) -> Stored<Settled> {
    let Some((id, details)) = row.client_id.and_then(|id| Some((id, records.details(id)?))) else {
        return Ok(settled(row, ImportOutcome::Removed, CLIENT_DELETED));
    };
    if let Some(why) = why_kept(since(details, &row.after)?) {
        return Ok(settled(row, ImportOutcome::Kept, why));
    }
    if in_touch.contains(&id) {
        return Ok(settled(row, ImportOutcome::Kept, IN_TOUCH));
    }
    records.is_gone(id);
    goes.push(id);
    Ok(Settled { client_id: None, ..settled(row, ImportOutcome::Removed, "") })
}

/// A record that the row changed says again what it said, unless somebody changed it since.
fn restore(
    tx: &mut Writer<'_>,
    row: &ImportRow,
    lists: &Lists,
    records: &mut Known,
    restored: &mut Vec<ClientId>,
) -> Stored<Settled> {
    let Some((id, now)) = row.client_id.and_then(|id| Some((id, records.details(id)?.clone()))) else {
        return Ok(settled(row, ImportOutcome::Restored, CLIENT_DELETED));
    };
    if let Some(why) = why_kept(since(&now, &row.after)?) {
        return Ok(settled(row, ImportOutcome::Kept, why));
    }
    let before = Snapshot::from_json(&row.before)?;
    if !lists.has_status(before.details().fields.lead_status_id) {
        return Ok(settled(row, ImportOutcome::Kept, NO_STATUS));
    }
    for conversation in &before.linked {
        conversations::unlink(tx, *conversation, id)?;
    }
    put(tx, id, &now, &before.details())?;
    records.now_says(id, before.details());
    restored.push(id);
    Ok(settled(row, ImportOutcome::Restored, ""))
}

fn why_kept(since: Since) -> Option<&'static str> {
    match since {
        Since::Same => None,
        Since::Moved => Some(MOVED),
        Since::Changed => Some(CHANGED),
    }
}

fn settled(row: &ImportRow, outcome: ImportOutcome, reason: &str) -> Settled {
    Settled {
        outcome,
        reason: reason.to_owned(),
        client_id: row.client_id,
        before: row.before.clone(),
        after: row.after.clone(),
    }
}
