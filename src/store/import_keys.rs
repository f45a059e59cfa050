//! By what the rows of a file are told apart: who stands in it twice.

use diesel::prelude::*;

use super::dialect::native;
use super::schema::import_keys;
use super::{DbConnection, Stored, Writer};
use crate::domain::ImportId;

/// Those of the keys that an earlier row has, with its line.
pub fn known(connection: &mut DbConnection, import: ImportId, keys: &[String]) -> Stored<Vec<(String, i64)>> {
    Ok(import_keys::table
        .filter(import_keys::import_id.eq(import).and(import_keys::key.eq_any(keys)))
        .select((import_keys::key, import_keys::line))
        .load(connection)?)
}

/// Keys that nobody has yet.
pub fn insert(tx: &mut Writer<'_>, import: ImportId, keys: &[(String, i64)]) -> Stored<()> {
    let rows: Vec<_> = keys
        .iter()
        .map(|(key, line)| (import_keys::import_id.eq(import), import_keys::key.eq(key), import_keys::line.eq(line)))
        .collect();
    let connection: &mut DbConnection = tx;
    native!(connection, |c| diesel::insert_into(import_keys::table).values(&rows).execute(c))?;
    Ok(())
}

/// The file is looked at anew.
pub fn delete(tx: &mut Writer<'_>, import: ImportId) -> Stored<()> {
    diesel::delete(import_keys::table.filter(import_keys::import_id.eq(import))).execute(&mut **tx)?;
    Ok(())
}

/// Some of its keys go. Answers how many.
pub fn delete_some(tx: &mut Writer<'_>, import: ImportId, limit: i64) -> Stored<usize> {
    let of_import = import_keys::table.filter(import_keys::import_id.eq(import));
    let some: Vec<String> = of_import.order(import_keys::key).limit(limit).select(import_keys::key).load(&mut **tx)?;
    Ok(diesel::delete(of_import.filter(import_keys::key.eq_any(some))).execute(&mut **tx)?)
}
