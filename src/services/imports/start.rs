//! The buttons: a file comes, its columns get a meaning, it is run, it is undone.

use chrono::NaiveDateTime;

use super::{Mapping, allowed};
use crate::domain::{ImportId, ImportState};
use crate::services::{By, Done, Error, Job};
use crate::store::imports::{self, Import, NewImport};
use crate::store::{StoreError, Writer, import_keys, import_rows, lead_statuses, positions};

const LONGEST_FILE_NAME: usize = 200;

/// The rows come after it, some at a time.
pub fn start_upload(tx: &mut Writer<'_>, by: &By, file: &str, header: &[String], now: NaiveDateTime) -> Done<ImportId> {
    allowed(&by.user)?;
    let name: String = file.chars().filter(|c| !c.is_control()).take(LONGEST_FILE_NAME).collect();
    let name = if name.trim().is_empty() { "clients.csv" } else { name.trim() };
    let header = json(header)?;
    let new = NewImport { file_name: name, header: &header, by: by.user.id, address: &by.address };
    Ok(imports::insert(tx, &new, now)?)
}

/// More rows of a file that is still coming.
pub fn add_rows(tx: &mut Writer<'_>, id: ImportId, rows: &[(i64, Vec<String>)]) -> Done<()> {
    let mut written = Vec::with_capacity(rows.len());
    for (line, cells) in rows {
        written.push((*line, json(cells)?));
    }
    imports::find(tx, id)?.ok_or(Error::NotFound)?; // it may have been deleted meanwhile
    import_rows::insert(tx, id, &written)?;
    Ok(imports::count_rows(tx, id, i64::try_from(rows.len()).unwrap_or(0))?)
}

/// All rows are here.
pub fn finish_upload(tx: &mut Writer<'_>, id: ImportId) -> Done<()> {
    let import = imports::find(tx, id)?.ok_or(Error::NotFound)?;
    let mut progress = import.progress;
    progress.enter(ImportState::Uploaded);
    Ok(imports::set_progress(tx, id, &progress)?)
}

/// The columns have a meaning: every row is checked, in the background.
pub fn begin_check(tx: &mut Writer<'_>, by: &By, id: ImportId, mapping: &Mapping, now: NaiveDateTime) -> Done<()> {
    let import = with_rows(tx, by, id)?;
    if !import.progress.state.may_be_mapped() {
        return Err(Error::Invalid("This import has gone on meanwhile; its columns cannot be changed now.".to_owned()));
    }
    if let Some(problem) = mapping.problem() {
        return Err(Error::Invalid(problem.to_owned()));
    }
    if !lead_statuses::all(tx)?.iter().any(|status| status.id == mapping.status) {
        return Err(Error::Invalid("Choose a lead status for new clients.".to_owned()));
    }
    let known = positions::all(tx)?;
    let is_there = |target: &super::Target| match target {
        super::Target::Position(id) => known.iter().any(|position| position.id == *id),
        _ => true,
    };
    if !mapping.columns.iter().all(is_there) {
        return Err(Error::Invalid("One of the positions is not there any more. Choose again.".to_owned()));
    }
    imports::set_mapping(tx, id, &json(mapping)?)?;
    import_keys::delete(tx, id)?;
    begin(tx, by, &import, ImportState::Checking, now)
}

/// Now records change.
pub fn begin_run(tx: &mut Writer<'_>, by: &By, id: ImportId, now: NaiveDateTime) -> Done<()> {
    let import = with_rows(tx, by, id)?;
    match import.progress.state {
        ImportState::Checked if import.progress.adds + import.progress.updates == 0 => {
            Err(Error::Invalid("There is nothing to import: no row is good and new.".to_owned()))
        }
        ImportState::Checked => begin(tx, by, &import, ImportState::Running, now),
        // Pressed twice
        ImportState::Running | ImportState::Done => Ok(()),
        _ => Err(Error::Invalid("This import is not ready. Look at its page.".to_owned())),
    }
}

/// Records become again what they were.
pub fn begin_undo(tx: &mut Writer<'_>, by: &By, id: ImportId, now: NaiveDateTime) -> Done<()> {
    let import = with_rows(tx, by, id)?;
    match import.progress.state {
        ImportState::Done => begin(tx, by, &import, ImportState::Undoing, now),
        ImportState::Undoing | ImportState::Undone => Ok(()),
        _ => Err(Error::Invalid("Only an import that is done can be undone.".to_owned())),
    }
}

/// For whoever may import.
pub fn found(tx: &mut Writer<'_>, by: &By, id: ImportId) -> Done<Import> {
    allowed(&by.user)?;
    imports::find(tx, id)?.ok_or(Error::NotFound)
}

/// One whose rows are here: the others can only be looked at.
fn with_rows(tx: &mut Writer<'_>, by: &By, id: ImportId) -> Done<Import> {
    let import = found(tx, by, id)?;
    match import.rows_dropped_at {
        Some(_) => {
            Err(Error::Invalid("The rows of this import are not kept any more. Upload the file again.".to_owned()))
        }
        None => Ok(import),
    }
}

fn begin(tx: &mut Writer<'_>, by: &By, import: &Import, state: ImportState, now: NaiveDateTime) -> Done<()> {
    let mut progress = import.progress.clone();
    progress.enter(state);
    match state {
        ImportState::Undoing => {
            progress.reached = i64::MAX;
            (progress.undone, progress.restored, progress.kept) = (0, 0, 0);
        }
        _ => (progress.adds, progress.updates, progress.skips, progress.bads) = (0, 0, 0, 0),
    }
    if state == ImportState::Running {
        progress.run_at = Some(now);
    }
    (progress.acting_user_id, progress.acting_address) = (by.user.id, by.address.clone());
    imports::set_progress(tx, import.id, &progress)?;
    Ok(Job::Import { import: import.id, state, reached: progress.reached }.enqueue(tx, now, now)?)
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> Done<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()).into())
}
