//! Files of clients: read, given a meaning column by column, checked row by row, run, undone; and written.
//!
//! What takes long goes in steps of a few hundred rows, each a job and a transaction of its own, so that others write
//! in between and a step that is run twice changes nothing.
//! Must not know: pages, uploads.

mod batch;
mod check;
mod csv_line;
mod decoding;
mod delimiter;
mod entry;
mod export;
mod forget;
mod guess;
mod history;
mod lists;
mod mapping;
mod matching;
mod reading;
mod run;
mod snapshot;
mod start;
mod step;
mod synonyms;
mod target;
#[cfg(test)]
mod tests;
mod threads;
mod undo;
mod when;

pub use csv_line::line;
pub use export::{ExportFormat, MARK, audit_export, problem_line};
pub use forget::{CLIENT_DELETED, KEPT, drop_old, forget_client, forget_some, remove};
pub use guess::guess;
pub use lists::Lists;
pub use mapping::Mapping;
pub use reading::{LARGEST_FILE, Table, Unreadable, read};
pub use start::{add_rows, begin_check, begin_run, begin_undo, finish_upload, start_upload};
pub use step::step;
pub use target::Target;

use super::{Done, Error};
use crate::assignment_policy::may_import_clients;
use crate::store::users::User;

/// Every use case here begins with this.
fn allowed(user: &User) -> Done<()> {
    let person = super::facts::staff_member(user);
    if may_import_clients(&person) {
        Ok(())
    } else if crate::assignment_policy::sees_clients(&person) {
        Err(Error::Forbidden(MAY_NOT_IMPORT.into()))
    } else {
        Err(Error::NotFound)
    }
}

/// For who sees clients but may not import them.
pub const MAY_NOT_IMPORT: &str =
    "Your role may not import clients. That needs Client Scope All clients, and Client Access Control Create.";

/// Cells as they are stored.
pub fn cell_list(json: &str) -> crate::store::Stored<Vec<String>> {
    serde_json::from_str(json).map_err(|error| crate::store::StoreError::Corrupt(error.to_string()))
}
