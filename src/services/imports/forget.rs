//! What imports know of people does not stay for ever: deleted by hand, dropped after a while, and what the check
//! needed as soon as it is over. All of it some rows at a time.

use chrono::{Duration, NaiveDateTime};

use super::start::found;
use crate::domain::{ClientId, ImportId, ImportPart, ImportState};
use crate::services::{By, Done, Error, Job};
use crate::store::{Stored, Writer, import_keys, import_rows, imports};

/// So long the rows of an import are kept, and so long it can be undone.
pub const KEPT: Duration = Duration::days(90);
const ROWS: i64 = 500;
/// So many imports of the sweep lose their rows; the others when it comes again.
const IMPORTS: i64 = 20;

/// What a row says whose client is gone.
pub const CLIENT_DELETED: &str = "The client was deleted.";

/// Deletes an import with its rows. The clients that it brought stay.
pub fn remove(tx: &mut Writer<'_>, by: &By, id: ImportId, now: NaiveDateTime) -> Done<()> {
    let import = found(tx, by, id)?;
    let mut progress = import.progress;
    if progress.state.is_under_way() {
        return Err(Error::Invalid("This import is under way. Delete it when it is done.".to_owned()));
    }
    progress.enter(ImportState::Removed);
    imports::set_progress(tx, id, &progress)?;
    Job::ForgetImport { import: id, part: ImportPart::Everything }.enqueue(tx, now, now)?;
    Ok(by.record(tx, "clients.import_removed", format!("import {id}"), &import.file_name, now)?)
}

/// The rows of imports that are older than [`KEPT`] go; that they were there stays.
pub fn drop_old(tx: &mut Writer<'_>, now: NaiveDateTime) -> Stored<()> {
    for import in imports::with_rows_from_before(tx, now - KEPT, IMPORTS)? {
        imports::set_rows_dropped(tx, import, now)?;
        Job::ForgetImport { import, part: ImportPart::Rows }.enqueue(tx, now, now)?;
    }
    Ok(())
}

/// The next rows of what is to go. Answers whether that was all.
pub fn forget_some(tx: &mut Writer<'_>, id: ImportId, part: ImportPart) -> Stored<bool> {
    let is_checked_anew = imports::find(tx, id)?.is_some_and(|one| one.progress.state == ImportState::Checking);
    if part == ImportPart::Keys && is_checked_anew {
        return Ok(true);
    }
    if import_keys::delete_some(tx, id, ROWS)? > 0 {
        return Ok(false);
    }
    if part == ImportPart::Keys {
        return Ok(true);
    }
    if import_rows::delete_some(tx, id, ROWS)? > 0 {
        return Ok(false);
    }
    if part == ImportPart::Everything {
        imports::delete(tx, id)?;
    }
    Ok(true)
}

/// The client is about to be deleted.
pub fn forget_client(tx: &mut Writer<'_>, client: ClientId) -> Stored<()> {
    import_rows::forget_client(tx, client, CLIENT_DELETED)
}
