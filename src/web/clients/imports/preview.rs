//! How far an import has come, and its rows.

use serde::Deserialize;

use super::importer::Importer;
use crate::domain::{ImportOutcome, ImportState};
use crate::services::imports::cell_list;
use crate::store::import_rows::{self, ImportRow};
use crate::store::imports::Import;
use crate::store::{DbConnection, users};
use crate::web::error::Error;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::clients::{ImportHead, ImportPage, PreviewRow};

const ROWS: usize = 50;

#[derive(Default, Deserialize)]
pub struct Asked {
    outcome: Option<String>,
    after: Option<String>,
}

pub fn page(
    site: &Site,
    c: &mut DbConnection,
    me: &Importer,
    import: &Import,
    asked: &Asked,
) -> Result<ImportPage, Error> {
    let state = import.progress.state;
    let filter: Option<ImportOutcome> = asked.outcome.as_deref().and_then(|word| word.parse().ok());
    let has_rows = shows_rows(state) && import.rows_dropped_at.is_none();
    let (rows, next) = if has_rows { rows(c, import, filter, asked)? } else { (Vec::new(), None) };
    let (now, zone) = (site.now(), zone(c)?);
    let by = users::find(c, import.created_by)?.map(|user| user.name).unwrap_or_default();
    Ok(ImportPage {
        shell: site.shell(c, me, Section::Clients)?,
        head: ImportHead::of(import, by, |at| time_label(now, at, zone)),
        state,
        total: import.row_count,
        progress: import.progress.clone(),
        finished: import.progress.finished_at.map(|at| time_label(now, at, zone)),
        is_dropped: import.rows_dropped_at.is_some(),
        filter,
        rows,
        next,
    })
}

fn shows_rows(state: ImportState) -> bool {
    matches!(state, ImportState::Checked | ImportState::Done | ImportState::Undone)
}

/// A page of rows, and the address of the next.
fn rows(
    c: &mut DbConnection,
    import: &Import,
    filter: Option<ImportOutcome>,
    asked: &Asked,
) -> Result<(Vec<PreviewRow>, Option<String>), Error> {
    let after = asked.after.as_deref().and_then(|line| line.parse().ok()).unwrap_or(0);
    let wanted = ROWS as i64 + 1;
    let mut found = match filter {
        Some(outcome) => import_rows::with_outcome(c, import.id, outcome, after, wanted)?,
        None => import_rows::after(c, import.id, after, wanted)?,
    };
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let filter = filter.map(|outcome| format!("outcome={outcome}&")).unwrap_or_default();
    let last = found.last().filter(|_| more).map(|row| row.line);
    let next = last.map(|line| format!("/clients/imports/{}?{filter}after={line}", import.id));
    let rows = found.into_iter().map(row).collect::<Result<_, Error>>()?;
    Ok((rows, next))
}

fn row(row: ImportRow) -> Result<PreviewRow, Error> {
    Ok(PreviewRow::new(row.line, &cell_list(&row.cells)?, row.outcome, row.reason, row.client_id))
}
