//! Bringing a database to this version's tables.

use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{ConnectError, DatabaseUrl, DbConnection, Opener, Purpose};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number of processes may migrate one PostgreSQL at once; this lock makes them queue.
const LOCK: i64 = 0x0043_5245_574c_494e;

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("a migration failed, nothing was changed: {0}")]
    Failed(String),
    #[error("a migration would leave rows of {0} pointing nowhere, nothing was changed")]
    Dangling(String),
}

impl From<diesel::result::Error> for MigrateError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs what is pending and answers the names of what ran.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, MigrateError> {
    match (Opener { url: url.clone(), purpose: Purpose::Write }).open()? {
        DbConnection::Postgres(mut connection) => migrate_postgres(&mut connection),
        DbConnection::Sqlite(mut connection) => migrate_sqlite(&mut connection),
    }
}

/// The names of migrations that this database still lacks.
pub fn pending(url: &DatabaseUrl) -> Result<Vec<String>, MigrateError> {
    let names = match (Opener { url: url.clone(), purpose: Purpose::Write }).open()? {
        DbConnection::Postgres(mut connection) => names(connection.pending_migrations(POSTGRES)),
        DbConnection::Sqlite(mut connection) => names(connection.pending_migrations(SQLITE)),
    };
    names.map_err(|error| MigrateError::Failed(error.to_string()))
}

type Boxed<DB> = Box<dyn diesel::migration::Migration<DB>>;

fn names<DB: diesel::backend::Backend>(
    pending: diesel::migration::Result<Vec<Boxed<DB>>>,
) -> diesel::migration::Result<Vec<String>> {
    Ok(pending?.iter().map(|migration| migration.name().to_string()).collect())
}

fn migrate_postgres(connection: &mut PgConnection) -> Result<Vec<String>, MigrateError> {
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(LOCK).execute(connection)?;
    connection.transaction(|c| run(c, POSTGRES))
}

/// Foreign keys are off while tables change, or SQLite would delete children; they are checked before the commit.
fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, MigrateError> {
    connection.batch_execute("PRAGMA foreign_keys = OFF")?;
    connection.immediate_transaction(|c| {
        let ran = run(c, SQLITE)?;
        let dangling: Vec<Dangling> =
            diesel::sql_query("SELECT DISTINCT \"table\" AS name FROM pragma_foreign_key_check").load(c)?;
        match dangling.as_slice() {
            [] => Ok(ran),
            rows => {
                Err(MigrateError::Dangling(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")))
            }
        }
    })
}

#[derive(QueryableByName)]
struct Dangling {
    #[diesel(sql_type = Text)]
    name: String,
}

fn run<DB: diesel::backend::Backend, C: MigrationHarness<DB>>(
    connection: &mut C,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, MigrateError>
where
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    let ran = connection.run_pending_migrations(source).map_err(|error| MigrateError::Failed(error.to_string()))?;
    Ok(ran.iter().map(ToString::to_string).collect())
}
