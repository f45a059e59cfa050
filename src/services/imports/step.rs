use chrono::NaiveDateTime;

use super::{check, run, undo};
use crate::domain::{ImportId, ImportState, Topic};
use crate::services::by;
use crate::services::{Done, Job};
use crate::store::imports::{self, Import, Progress};
use crate::store::{Stored, Writer};

/// So many rows at a time: short enough that a text that comes in meanwhile does not wait.
pub const ROWS: i64 = 200;

/// The next rows of an import, and the job for those after. An import that went on already is left alone.
pub fn step(tx: &mut Writer<'_>, id: ImportId, state: ImportState, reached: i64, now: NaiveDateTime) -> Done<()> {
    let Some(import) = imports::find_for_step(tx, id)? else { return Ok(()) };
    if import.progress.state != state || import.progress.reached != reached {
        return Ok(());
    }
    let mut progress = import.progress.clone();
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
        ended(tx, &import, &progress, now)?;
    }
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
