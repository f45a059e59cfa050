use chrono::NaiveDateTime;

use super::{check, run, undo};
use crate::assignment_policy::may_import_clients;
use crate::domain::{ImportId, ImportPart, ImportState, Topic};
use crate::services::facts::staff_member;
use crate::services::{Done, Job, by};
use crate::store::imports::{self, Import, Progress};
use crate::store::{Stored, Writer, import_rows, users};

/// So many rows at a time: short enough that a text that comes in meanwhile does not wait.
pub const ROWS: i64 = 200;

const STOPPED: &str = "Not imported: whoever ran this import may not import any more.";

/// The next rows of an import, and the job for those after. An import that went on already is left alone.
pub fn step(tx: &mut Writer<'_>, id: ImportId, state: ImportState, reached: i64, now: NaiveDateTime) -> Done<()> {
    let Some(import) = imports::find(tx, id)? else { return Ok(()) };
    if import.progress.state != state || import.progress.reached != reached {
        return Ok(());
    }
    let mut progress = import.progress.clone();
    if !may_go_on(tx, &progress)? {
        return stop(tx, id, progress, now);
    }
    let (more, next) = match state {
        ImportState::Checking => (check::rows(tx, &import, &mut progress)?, ImportState::Checked),
        ImportState::Running => (run::rows(tx, &import, &mut progress, now)?, ImportState::Done),
        ImportState::Undoing => (undo::rows(tx, &import, &mut progress, now)?, ImportState::Undone),
        _ => return Ok(()),
    };
    if more {
        Job::Import { import: id, state, reached: progress.reached }.enqueue(tx, now, now)?;
    } else {
        (progress.state, progress.finished_at) = (next, Some(now));
        if state == ImportState::Checking {
            Job::ForgetImport { import: id, part: ImportPart::Keys }.enqueue(tx, now, now)?;
        }
        ended(tx, &import, &progress, now)?;
    }
    Ok(imports::set_progress(tx, id, &progress)?)
}

/// Whoever began it may still import: what they may no longer do, nothing does in their name.
fn may_go_on(tx: &mut Writer<'_>, progress: &Progress) -> Stored<bool> {
    let actor = users::find(tx, progress.acting_user_id)?;
    Ok(actor.is_some_and(|actor| may_import_clients(&staff_member(&actor))))
}

/// Rows that were not reached stay as they are, and say why; somebody else can go on from here.
fn stop(tx: &mut Writer<'_>, id: ImportId, mut progress: Progress, now: NaiveDateTime) -> Done<()> {
    progress.state = match progress.state {
        ImportState::Checking => ImportState::Uploaded,
        ImportState::Running => {
            let left = import_rows::leave_planned(tx, id, STOPPED)?;
            progress.bads += i64::try_from(left).unwrap_or(0);
            ImportState::Done
        }
        _ => ImportState::Done,
    };
    progress.finished_at = Some(now);
    Ok(imports::set_progress(tx, id, &progress)?)
}

/// Once for the whole import: the audit log, and the pages that are open.
fn ended(tx: &mut Writer<'_>, import: &Import, progress: &Progress, now: NaiveDateTime) -> Stored<()> {
    let (action, detail) = match progress.state {
        ImportState::Done => ("clients.imported", format!("{} added, {} updated", progress.adds, progress.updates)),
        ImportState::Undone => ("clients.import_undone", format!("{} undone, {} kept", progress.undone, progress.kept)),
        _ => return Ok(()),
    };
    let subject = format!("import {}", import.id);
    by::record(tx, Some(progress.acting_user_id), action, subject, &detail, &progress.acting_address, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}
