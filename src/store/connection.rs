//! One connection type for both databases, and how one is opened.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;

/// A connection to either database. Queries are written once against it; what differs lives in `dialect`.
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Where the data is: `sqlite://path/to/file.db` or `postgres://user:password@host/name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Postgres(String),
    Sqlite(PathBuf),
}

/// The scheme decides; anything else is an error, never silently a file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidDatabaseUrl {
    #[error("DATABASE_URL has to begin with sqlite:// or postgres://")]
    Scheme,
    #[error("DATABASE_URL names no file after sqlite://")]
    NoFile,
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite://") {
            Some("") => Err(InvalidDatabaseUrl::NoFile),
            Some(path) => Ok(Self::Sqlite(PathBuf::from(path))),
            None => Err(InvalidDatabaseUrl::Scheme),
        }
    }
}

/// The database could not be opened; the words are the database's own.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("the database cannot be opened: {0}")]
    Open(#[from] diesel::ConnectionError),
    #[error("the database refused its settings: {0}")]
    Setup(#[from] diesel::result::Error),
    #[error("the folder of the database cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

/// What a pooled connection will be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Read,
    Write,
}

/// Opens connections for a pool. Our own, since the derived `establish` hides why a database does not answer.
#[derive(Debug, Clone)]
pub struct Opener {
    pub url: DatabaseUrl,
    pub purpose: Purpose,
}

impl Opener {
    pub fn open(&self) -> Result<DbConnection, ConnectError> {
        match &self.url {
            DatabaseUrl::Postgres(url) => Ok(DbConnection::Postgres(PgConnection::establish(url)?)),
            DatabaseUrl::Sqlite(path) => open_sqlite(path, self.purpose).map(DbConnection::Sqlite),
        }
    }
}

fn open_sqlite(path: &Path, purpose: Purpose) -> Result<SqliteConnection, ConnectError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut connection = SqliteConnection::establish(&path.to_string_lossy())?;
    // busy_timeout first: switching to WAL may itself have to wait. FULL: only it keeps an acknowledged text through a power cut.
    connection.batch_execute(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    if purpose == Purpose::Read {
        connection.batch_execute("PRAGMA query_only = ON;")?;
    }
    Ok(connection)
}

impl ManageConnection for Opener {
    type Connection = DbConnection;
    type Error = ConnectError;

    fn connect(&self) -> Result<DbConnection, ConnectError> {
        self.open()
    }

    fn is_valid(&self, connection: &mut DbConnection) -> Result<(), ConnectError> {
        match connection {
            // A file does not go away between two requests.
            DbConnection::Sqlite(_) => Ok(()),
            DbConnection::Postgres(postgres) => Ok(postgres.batch_execute("SELECT 1")?),
        }
    }

    /// A connection given back by a panic may sit in an open transaction.
    fn has_broken(&self, _: &mut DbConnection) -> bool {
        std::thread::panicking()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_the_database_and_nothing_else_does() {
        assert_eq!("sqlite://data/a.db".parse(), Ok(DatabaseUrl::Sqlite("data/a.db".into())));
        assert_eq!("sqlite:///var/a.db".parse(), Ok(DatabaseUrl::Sqlite("/var/a.db".into())));
        assert!(matches!("postgresql://h/d".parse(), Ok(DatabaseUrl::Postgres(_))));
        for wrong in ["postgresql:x", "mysql://h/d", "data/a.db", ""] {
            assert_eq!(wrong.parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl::Scheme), "{wrong}");
        }
        assert_eq!("sqlite://".parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl::NoFile));
    }
}
