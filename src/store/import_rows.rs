//! The rows of a file of clients, each with its plan and what became of it.

use diesel::prelude::*;

use super::dialect::native;
use super::schema::import_rows;
use super::{DbConnection, Stored, Writer};
use crate::domain::{ClientId, ImportId, ImportOutcome};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = import_rows)]
pub struct ImportRow {
    pub id: i64,
    /// Where it begins in the file; the header is line 1.
    pub line: i64,
    /// As they stood in the file, a JSON list.
    pub cells: String,
    pub outcome: ImportOutcome,
    /// In words for a person; empty where there is nothing to say.
    pub reason: String,
    pub client_id: Option<ClientId>,
    /// What the record said before, JSON; empty for one that was added.
    pub before: String,
    /// A fingerprint of what the record said afterwards.
    pub after: String,
}

/// What is written down of a row that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = import_rows, treat_none_as_null = true)]
pub struct Settled {
    pub outcome: ImportOutcome,
    pub reason: String,
    pub client_id: Option<ClientId>,
    pub before: String,
    pub after: String,
}

impl Settled {
    /// An outcome that changed no record.
    pub fn plainly(outcome: ImportOutcome, reason: impl Into<String>) -> Self {
        Self { outcome, reason: reason.into(), client_id: None, before: String::new(), after: String::new() }
    }
}

/// Rows as they come from the file: (line, cells).
pub fn insert(tx: &mut Writer<'_>, import: ImportId, rows: &[(i64, String)]) -> Stored<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|(line, cells)| {
            (
                import_rows::import_id.eq(import),
                import_rows::line.eq(line),
                import_rows::cells.eq(cells),
                import_rows::outcome.eq(ImportOutcome::Waiting),
                import_rows::reason.eq(""),
                import_rows::before.eq(""),
                import_rows::after.eq(""),
            )
        })
        .collect();
    let connection: &mut DbConnection = tx;
    native!(connection, |c| diesel::insert_into(import_rows::table).values(&rows).execute(c))?;
    Ok(())
}

/// The next rows below a line, whatever is to become of them.
pub fn after(connection: &mut DbConnection, import: ImportId, line: i64, limit: i64) -> Stored<Vec<ImportRow>> {
    Ok(import_rows::table
        .filter(import_rows::import_id.eq(import).and(import_rows::line.gt(line)))
        .order(import_rows::line)
        .limit(limit)
        .select(ImportRow::as_select())
        .load(connection)?)
}

/// The next rows above a line, from the bottom up.
pub fn before(connection: &mut DbConnection, import: ImportId, line: i64, limit: i64) -> Stored<Vec<ImportRow>> {
    Ok(import_rows::table
        .filter(import_rows::import_id.eq(import).and(import_rows::line.lt(line)))
        .order(import_rows::line.desc())
        .limit(limit)
        .select(ImportRow::as_select())
        .load(connection)?)
}

/// The same as `after`, of one outcome only.
pub fn with_outcome(
    connection: &mut DbConnection,
    import: ImportId,
    outcome: ImportOutcome,
    line: i64,
    limit: i64,
) -> Stored<Vec<ImportRow>> {
    Ok(import_rows::table
        .filter(import_rows::import_id.eq(import).and(import_rows::outcome.eq(outcome)))
        .filter(import_rows::line.gt(line))
        .order(import_rows::line)
        .limit(limit)
        .select(ImportRow::as_select())
        .load(connection)?)
}

pub fn settle(tx: &mut Writer<'_>, id: i64, settled: &Settled) -> Stored<()> {
    diesel::update(import_rows::table.find(id)).set(settled).execute(&mut **tx)?;
    Ok(())
}

/// Those that were planned and never done are so for good, and say why. Answers how many.
pub fn leave_planned(tx: &mut Writer<'_>, import: ImportId, reason: &str) -> Stored<usize> {
    let planned = [ImportOutcome::Add, ImportOutcome::Update];
    Ok(diesel::update(import_rows::table)
        .filter(import_rows::import_id.eq(import).and(import_rows::outcome.eq_any(planned)))
        .set((import_rows::outcome.eq(ImportOutcome::Bad), import_rows::reason.eq(reason)))
        .execute(&mut **tx)?)
}

/// A client was deleted: the rows that were about them say no more than that. Planned ones are planned anew when they
/// are run, and only lose the name. There is a row or two of each import, found by index.
pub fn forget_client(tx: &mut Writer<'_>, client: ClientId, reason: &str) -> Stored<()> {
    let theirs = import_rows::table.filter(import_rows::client_id.eq(client));
    let planned = [ImportOutcome::Add, ImportOutcome::Update, ImportOutcome::Skip];
    diesel::update(theirs.filter(import_rows::outcome.ne_all(planned)))
        .set((import_rows::cells.eq("[]"), import_rows::before.eq(""), import_rows::after.eq("")))
        .execute(&mut **tx)?;
    diesel::update(theirs)
        .set((import_rows::reason.eq(reason), import_rows::client_id.eq(None::<ClientId>)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Some of its rows go. Answers how many.
pub fn delete_some(tx: &mut Writer<'_>, import: ImportId, limit: i64) -> Stored<usize> {
    let some = import_rows::table.filter(import_rows::import_id.eq(import)).order(import_rows::line).limit(limit);
    let ids: Vec<i64> = some.select(import_rows::id).load(&mut **tx)?;
    Ok(diesel::delete(import_rows::table.filter(import_rows::id.eq_any(ids))).execute(&mut **tx)?)
}
