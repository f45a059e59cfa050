//! What stands in a database, asked past the store, in words that both databases understand.

use crewline::store::{DbConnection, Stored};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The column `number`.
pub fn numbers(connection: &mut DbConnection, sql: &str) -> Stored<Vec<i64>> {
    let query = diesel::sql_query(sql);
    let rows: Vec<Number> = match connection {
        DbConnection::Sqlite(sqlite) => query.load(sqlite)?,
        DbConnection::Postgres(postgres) => query.load(postgres)?,
    };
    Ok(rows.into_iter().map(|row| row.number).collect())
}

/// The column `line`.
pub fn lines(connection: &mut DbConnection, sql: &str) -> Stored<Vec<String>> {
    let query = diesel::sql_query(sql);
    let rows: Vec<Line> = match connection {
        DbConnection::Sqlite(sqlite) => query.load(sqlite)?,
        DbConnection::Postgres(postgres) => query.load(postgres)?,
    };
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// Writes past the store, for more rows than a use case makes in the time of a test.
pub fn run(connection: &mut DbConnection, sql: &str) -> Stored<usize> {
    Ok(diesel::sql_query(sql).execute(connection)?)
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How SQLite would answer a query, a line a step.
pub fn plan(connection: &mut DbConnection, sql: &str) -> Stored<Vec<String>> {
    let DbConnection::Sqlite(sqlite) = connection else { panic!("only SQLite tells it in these words") };
    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(sqlite)?;
    Ok(steps.into_iter().map(|step| step.detail).collect())
}
