//! Databases on the PostgreSQL that `tests/run` started: each a copy of a template, each dropped after its test.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use url::Url;

/// A database of one test. Dropping it drops the database, whoever is still connected.
pub struct Database {
    name: String,
}

impl Database {
    /// An empty database.
    pub fn empty() -> Database {
        Database::create("template0")
    }

    /// A copy of `template`. Nobody may be connected to the template meanwhile.
    pub fn copy_of(template: &Database) -> Database {
        Database::create(&template.name)
    }

    /// The address of this database, as `DATABASE_URL` wants it.
    pub fn url(&self) -> String {
        let mut url = server();
        url.set_path(&self.name);
        url.into()
    }

    fn create(template: &str) -> Database {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("crewline_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        execute(&format!("create database {name} template {template}"));
        Database { name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        execute(&format!("drop database if exists {} with (force)", self.name));
    }
}

/// The server's address, with the rights to create databases.
pub fn server() -> Url {
    let address = std::env::var("CREWLINE_TEST_POSTGRES").expect(
        "CREWLINE_TEST_POSTGRES is not set: run the tests by `tests/run`, which starts a PostgreSQL of its own \
         (or set it to the URL of a server on which databases may be created)",
    );
    Url::parse(&address).expect("CREWLINE_TEST_POSTGRES is a URL like postgres://postgres@127.0.0.1:5432/postgres")
}

/// One at a time: PostgreSQL refuses to copy a template that somebody else is looking at.
fn execute(sql: &str) {
    administrator().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn administrator() -> MutexGuard<'static, PgConnection> {
    static ADMINISTRATOR: OnceLock<Mutex<PgConnection>> = OnceLock::new();
    ADMINISTRATOR
        .get_or_init(|| {
            Mutex::new(
                PgConnection::establish(server().as_str()).unwrap_or_else(|error| {
                    panic!("the PostgreSQL at CREWLINE_TEST_POSTGRES does not answer: {error}")
                }),
            )
        })
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_copied_database_has_what_its_template_has_and_is_gone_after_its_test() {
    let template = Database::empty();
    {
        let mut connection = PgConnection::establish(&template.url()).unwrap();
        connection.batch_execute("create table jars (label text)").unwrap();
    }
    let copy = Database::copy_of(&template);
    let address = copy.url();
    let mut connection = PgConnection::establish(&address).unwrap();
    connection.batch_execute("insert into jars values ('plum')").unwrap();

    drop(copy); // while somebody is connected
    assert!(PgConnection::establish(&address).is_err());
}
