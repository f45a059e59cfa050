//! Files of clients that people bring, and how far each has come.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{imports, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ImportId, ImportState, UserId};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: ImportId,
    pub file_name: String,
    /// The names of its columns, a JSON list.
    pub header: String,
    /// What its columns mean, JSON; empty until somebody said so.
    pub mapping: String,
    pub created_by: UserId,
    pub created_at: NaiveDateTime,
    pub row_count: i64,
    /// Since when its rows are not kept any more.
    pub rows_dropped_at: Option<NaiveDateTime>,
    #[diesel(embed)]
    pub progress: Progress,
}

/// What changes while it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = imports, treat_none_as_null = true)]
pub struct Progress {
    pub state: ImportState,
    /// The line of the last row that is done with.
    pub reached: i64,
    /// How many rows are done with, in this state.
    pub processed: i64,
    pub adds: i64,
    pub updates: i64,
    pub skips: i64,
    pub bads: i64,
    /// Of these some gave a record back what it said, the others removed one.
    pub undone: i64,
    pub restored: i64,
    pub kept: i64,
    /// Who pressed the last button, and from where.
    pub acting_user_id: UserId,
    pub acting_address: String,
    pub run_at: Option<NaiveDateTime>,
    pub finished_at: Option<NaiveDateTime>,
}

impl Progress {
    /// Another state begins: nothing is done with in it.
    pub fn enter(&mut self, state: ImportState) {
        (self.state, self.reached, self.processed) = (state, 0, 0);
    }
}

pub struct NewImport<'a> {
    pub file_name: &'a str,
    /// A JSON list.
    pub header: &'a str,
    pub by: UserId,
    pub address: &'a str,
}

/// Its rows come next; until all are here it is *reading*.
pub fn insert(tx: &mut Writer<'_>, new: &NewImport<'_>, now: NaiveDateTime) -> Stored<ImportId> {
    let progress = Progress {
        state: ImportState::Reading,
        reached: 0,
        processed: 0,
        adds: 0,
        updates: 0,
        skips: 0,
        bads: 0,
        undone: 0,
        restored: 0,
        kept: 0,
        acting_user_id: new.by,
        acting_address: new.address.to_owned(),
        run_at: None,
        finished_at: None,
    };
    let id = diesel::insert_into(imports::table)
        .values((
            imports::file_name.eq(new.file_name),
            imports::header.eq(new.header),
            imports::mapping.eq(""),
            imports::created_by.eq(new.by),
            imports::created_at.eq(now),
            imports::row_count.eq(0),
            imports::state.eq(progress.state),
            imports::reached.eq(0),
            imports::processed.eq(0),
            imports::adds.eq(0),
            imports::updates.eq(0),
            imports::skips.eq(0),
            imports::bads.eq(0),
            imports::undone.eq(0),
            imports::restored.eq(0),
            imports::kept.eq(0),
            imports::acting_user_id.eq(progress.acting_user_id),
            imports::acting_address.eq(&progress.acting_address),
        ))
        .returning(imports::id)
        .get_result(&mut **tx)?;
    Ok(id)
}

/// One that was deleted is not there any more, whatever of it is left.
pub fn find(connection: &mut DbConnection, id: ImportId) -> Stored<Option<Import>> {
    Ok(imports::table
        .find(id)
        .filter(imports::state.ne(ImportState::Removed))
        .select(Import::as_select())
        .first(connection)
        .optional()?)
}

/// The newest first, each with the name of who brought it.
pub fn page(connection: &mut DbConnection, before: Option<ImportId>, limit: i64) -> Stored<Vec<(Import, String)>> {
    Ok(imports::table
        .inner_join(users::table)
        .filter(imports::id.lt(before.unwrap_or(ImportId::MAX)).and(imports::state.ne(ImportState::Removed)))
        .order(imports::id.desc())
        .limit(limit)
        .select((Import::as_select(), users::name))
        .load(connection)?)
}

pub fn set_progress(tx: &mut Writer<'_>, id: ImportId, progress: &Progress) -> Stored<()> {
    diesel::update(imports::table.find(id)).set(progress).execute(&mut **tx)?;
    Ok(())
}

pub fn set_mapping(tx: &mut Writer<'_>, id: ImportId, mapping: &str) -> Stored<()> {
    diesel::update(imports::table.find(id)).set(imports::mapping.eq(mapping)).execute(&mut **tx)?;
    Ok(())
}

pub fn count_rows(tx: &mut Writer<'_>, id: ImportId, more: i64) -> Stored<()> {
    diesel::update(imports::table.find(id)).set(imports::row_count.eq(imports::row_count + more)).execute(&mut **tx)?;
    Ok(())
}

/// The oldest that still have their rows, brought before a moment, and not under way.
pub fn with_rows_from_before(
    connection: &mut DbConnection,
    moment: NaiveDateTime,
    limit: i64,
) -> Stored<Vec<ImportId>> {
    let going: Vec<ImportState> = ImportState::ALL.iter().copied().filter(|state| state.is_under_way()).collect();
    Ok(imports::table
        .filter(imports::rows_dropped_at.is_null().and(imports::created_at.lt(moment)))
        .filter(imports::state.ne_all(going))
        .order(imports::created_at)
        .limit(limit)
        .select(imports::id)
        .load(connection)?)
}

pub fn set_rows_dropped(tx: &mut Writer<'_>, id: ImportId, now: NaiveDateTime) -> Stored<()> {
    diesel::update(imports::table.find(id)).set(imports::rows_dropped_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}

/// What is left of it goes with it.
pub fn delete(tx: &mut Writer<'_>, id: ImportId) -> Stored<()> {
    diesel::delete(imports::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
