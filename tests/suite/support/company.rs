//! The databases that apps start from: made once per run and database, copied for each test.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use chrono::{Duration, NaiveDateTime, SubsecRound, Utc};
use crewline::domain::{BuiltInRole, GatewayKind};
use crewline::services::{self, NewPerson, demo, passwords};
use crewline::store::{AfterCommit, DatabaseUrl, Db, Effects, Writer, migrations};
use tempfile::TempDir;

use super::postgres::Database;

/// Which database the app runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Everybody's password.
pub const PASSWORD: &str = "a quiet green roof";
/// Who founds the company.
pub const OWNER: &str = "Olivia Owner";

/// A database with a company in it, or with none yet. It is gone when dropped.
pub enum Company {
    Sqlite(TempDir),
    Postgres(Database),
}

impl Company {
    /// The company of most tests: its Owner, the built-in roles, the usual lists.
    pub fn founded(backend: Backend) -> Company {
        static TEMPLATES: [OnceLock<Company>; 2] = [OnceLock::new(), OnceLock::new()];
        template(&TEMPLATES, backend, found).copy()
    }

    pub fn demo(backend: Backend) -> Company {
        static TEMPLATES: [OnceLock<Company>; 2] = [OnceLock::new(), OnceLock::new()];
        template(&TEMPLATES, backend, load_demo).copy()
    }

    /// Migrated, nobody there.
    pub fn empty(backend: Backend) -> Company {
        static TEMPLATES: [OnceLock<Company>; 2] = [OnceLock::new(), OnceLock::new()];
        template(&TEMPLATES, backend, |_, _| Ok(())).copy()
    }

    /// A database in which nothing is, not even tables.
    pub fn bare(backend: Backend) -> Company {
        match backend {
            Backend::Sqlite => Company::Sqlite(folder()),
            Backend::Postgres => Company::Postgres(Database::empty()),
        }
    }

    pub fn database_url(&self) -> String {
        match self {
            Company::Sqlite(folder) => format!("sqlite://{}", file_in(folder).display()),
            Company::Postgres(database) => database.url(),
        }
    }

    fn copy(&self) -> Company {
        match self {
            Company::Sqlite(template) => {
                let folder = folder();
                std::fs::copy(file_in(template), file_in(&folder)).expect("the template can be copied");
                Company::Sqlite(folder)
            }
            Company::Postgres(template) => Company::Postgres(Database::copy_of(template)),
        }
    }
}

type Fill = fn(&mut Writer<'_>, NaiveDateTime) -> services::Done<()>;

fn template(made: &'static [OnceLock<Company>; 2], backend: Backend, fill: Fill) -> &'static Company {
    let [sqlite, postgres] = made;
    let slot = if backend == Backend::Sqlite { sqlite } else { postgres };
    slot.get_or_init(|| {
        let company = Company::bare(backend);
        let url: DatabaseUrl = company.database_url().parse().expect("an address of a database");
        migrations::migrate(&url).expect("the migrations run");
        // Dropped here: a template that somebody is connected to cannot be copied, and SQLite tidies up its WAL
        let db = Db::open(&url, Arc::new(NobodyListens)).expect("the database opens");
        let now = Utc::now().naive_utc().trunc_subsecs(0) - Duration::minutes(1);
        db.write(|tx| fill(tx, now)).expect("the template can be filled");
        company
    })
}

fn found(tx: &mut Writer<'_>, now: NaiveDateTime) -> services::Done<()> {
    let owner = NewPerson {
        name: OWNER,
        email: "owner@crew.example",
        password_hash: password_hash(),
        role: BuiltInRole::Owner,
    };
    services::set_up(tx, "Crew & Sons Roofing", "America/Denver", &owner, now).map(drop)
}

fn load_demo(tx: &mut Writer<'_>, now: NaiveDateTime) -> services::Done<()> {
    Ok(demo::load_demo_company(tx, password_hash(), GatewayKind::Simulator, now)?)
}

/// Slow on purpose, so made once.
pub fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash(PASSWORD).expect("it can be hashed"))
}

/// Among the build's files: templates live as long as the process, so nobody drops theirs.
fn folder() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("there is room")
}

fn file_in(folder: &TempDir) -> PathBuf {
    folder.path().join("crewline.db")
}

struct NobodyListens;

impl AfterCommit for NobodyListens {
    fn committed(&self, _: Effects) {}
}
