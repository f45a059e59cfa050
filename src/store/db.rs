//! `Db::read` and `Db::write`: the only two ways to the data.

use std::error::Error as StdError;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::{Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use rand::Rng;

use super::connection::{ConnectError, DatabaseUrl, DbConnection, Opener, Purpose};
use super::dialect::native;
use super::error::StoreError;
use crate::domain::Topic;

type ConnectionTransactions = <DbConnection as diesel::Connection>::TransactionManager;

/// What a committed transaction asks of the rest of the house.
#[derive(Debug, Default, Clone)]
pub struct Effects {
    pub topics: Vec<Topic>,
    pub jobs: bool,
}

/// Told after each commit that left effects.
pub trait AfterCommit: Send + Sync {
    fn committed(&self, effects: Effects);
}

/// The database. Cheap to clone. Every call blocks: call it off the async threads.
#[derive(Clone)]
pub struct Db {
    writers: Pool<Opener>,
    readers: Pool<Opener>,
    after_commit: Arc<dyn AfterCommit>,
}

impl Db {
    /// Opens the pools; one connection is tried first, so that the database's own words come back when it does not answer.
    pub fn open(url: &DatabaseUrl, after_commit: Arc<dyn AfterCommit>) -> Result<Self, ConnectError> {
        let writing = Opener { url: url.clone(), purpose: Purpose::Write };
        writing.open()?;
        // SQLite has one writer: a pool of one queues fairly where the file lock does not.
        let writers = if matches!(url, DatabaseUrl::Sqlite(_)) { 1 } else { 8 };
        Ok(Self {
            writers: pool(writing, writers),
            readers: pool(Opener { url: url.clone(), purpose: Purpose::Read }, 8),
            after_commit,
        })
    }

    /// One snapshot for everything `run` reads.
    pub fn read<T, E: From<StoreError>>(&self, run: impl FnOnce(&mut DbConnection) -> Result<T, E>) -> Result<T, E> {
        let mut connection = take(&self.readers)?;
        begin(&mut connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN").map_err(StoreError::from)?;
        let answer = run(&mut connection);
        rollback(&mut connection);
        answer
    }

    /// One transaction. `run` may be called again when another transaction got in between, so it only touches the database.
    pub fn write<T, E>(&self, run: impl Fn(&mut Writer<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError> + StdError + 'static,
    {
        let mut pause = Duration::from_millis(4);
        let mut waited = Duration::ZERO;
        loop {
            match self.attempt(&run) {
                Err(error) if waited < PATIENCE && conflicted(&error) => {
                    let jittered = pause.mul_f64(rand::rng().random_range(0.5..1.5));
                    sleep(jittered);
                    waited += jittered;
                    pause = (pause * 2).min(Duration::from_millis(250));
                }
                done => return done,
            }
        }
    }

    fn attempt<T, E: From<StoreError>>(&self, run: &impl Fn(&mut Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = take(&self.writers)?;
        begin(&mut connection, "BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN IMMEDIATE").map_err(StoreError::from)?;
        let mut writer = Writer { connection: &mut connection, effects: Effects::default() };
        match run(&mut writer) {
            Ok(answer) => {
                let effects = writer.effects;
                if let Err(error) = ConnectionTransactions::commit_transaction(&mut *connection) {
                    rollback(&mut connection);
                    return Err(StoreError::from(error).into());
                }
                drop(connection);
                if effects.jobs || !effects.topics.is_empty() {
                    self.after_commit.committed(effects);
                }
                Ok(answer)
            }
            Err(error) => {
                rollback(&mut connection);
                Err(error)
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "every call here blocks, and says so: no async thread waits in it")]
fn sleep(pause: Duration) {
    std::thread::sleep(pause);
}

/// How long a write is tried again in all, while others get in between.
const PATIENCE: Duration = Duration::from_secs(5);

/// A write transaction under way. Effects leave only through it, after the commit.
pub struct Writer<'c> {
    connection: &'c mut DbConnection,
    effects: Effects,
}

impl Writer<'_> {
    /// Tells open pages, after the commit.
    pub fn announce(&mut self, topic: Topic) {
        if !self.effects.topics.contains(&topic) {
            self.effects.topics.push(topic);
        }
    }

    /// Wakes the worker, after the commit.
    pub(super) fn wake_worker(&mut self) {
        self.effects.jobs = true;
    }
}

impl Deref for Writer<'_> {
    type Target = DbConnection;
    fn deref(&self) -> &DbConnection {
        self.connection
    }
}

impl DerefMut for Writer<'_> {
    fn deref_mut(&mut self) -> &mut DbConnection {
        self.connection
    }
}

fn pool(opener: Opener, size: u32) -> Pool<Opener> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .connection_timeout(Duration::from_secs(10))
        .error_handler(Box::new(QuietPool))
        .build_unchecked(opener)
}

/// The pool's own logging would print connection strings.
#[derive(Debug)]
struct QuietPool;

impl diesel::r2d2::HandleError<ConnectError> for QuietPool {
    fn handle_error(&self, _: ConnectError) {
        tracing::warn!("a database connection could not be opened; trying again");
    }
}

fn take(pool: &Pool<Opener>) -> Result<PooledConnection<Opener>, StoreError> {
    pool.get().map_err(|_| StoreError::Unavailable)
}

fn begin(connection: &mut DbConnection, postgres: &str, sqlite: &str) -> diesel::QueryResult<()> {
    let sql = if matches!(connection, DbConnection::Postgres(_)) { postgres } else { sqlite };
    native!(connection, |c| AnsiTransactionManager::begin_transaction_sql(c, sql))
}

fn rollback(connection: &mut DbConnection) {
    if let Err(error) = ConnectionTransactions::rollback_transaction(connection) {
        tracing::warn!(%error, "a transaction could not be rolled back");
    }
}

/// Whether another transaction got in between: PostgreSQL says so as a serialization failure, a deadlock, or a unique violation
/// of a row that was looked for and not yet visible.
fn conflicted(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if let Some(QueryError::DatabaseError(kind, words)) = current.downcast_ref::<QueryError>() {
            return match kind {
                DatabaseErrorKind::SerializationFailure => true,
                DatabaseErrorKind::UniqueViolation => words.constraint_name().is_some(),
                _ => words.message().contains("deadlock detected") || words.message().contains("database is locked"),
            };
        }
        cause = current.source();
    }
    false
}
