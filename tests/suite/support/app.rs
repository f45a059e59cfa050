//! The whole app of one test: its own database, its own port, its own clock, people who ask it over HTTP.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{Duration, NaiveDateTime, SubsecRound, Utc};
use crewline::app::App;
use crewline::config::Config;
use crewline::domain::UserId;
use crewline::services;
use crewline::store::{Db, DbConnection, Stored, Writer};
use crewline::worker::Worker;
use tempfile::TempDir;
use tokio::sync::oneshot;

pub use super::actor::{Actor, Answered};
use super::company::Company;
pub use super::company::{Backend, PASSWORD};
use super::rows;

/// One test on both databases: `for_both!(name, …)` beside `async fn name(backend: Backend)`.
macro_rules! for_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                Box::pin(super::$name(crate::support::app::Backend::Sqlite)).await;
            }
            #[tokio::test]
            async fn on_postgresql() {
                Box::pin(super::$name(crate::support::app::Backend::Postgres)).await;
            }
        }
    )+};
}
pub(crate) use for_both;

/// Ends with its test: the server, the database and the files.
pub struct TestApp {
    url: String,
    db: Db,
    pub worker: Worker,
    clock: TestClock,
    /// How `/setup` is opened, while nobody is here.
    pub setup_link: Option<String>,
    _stop: oneshot::Sender<()>,
    // Last: the server ends before its files do
    _company: Company,
    _data: TempDir,
}

/// What the app of a test is like.
pub struct Plan {
    backend: Backend,
    company: fn(Backend) -> Company,
    names: Vec<(String, String)>,
    works: bool,
    now: NaiveDateTime,
}

impl Plan {
    /// The demo company instead of one with an owner only.
    pub fn demo(self) -> Plan {
        Plan { company: Company::demo, ..self }
    }

    /// Nobody is here yet: `/setup` is open.
    pub fn empty(self) -> Plan {
        Plan { company: Company::empty, ..self }
    }

    /// The worker runs in the background and the clock ticks, as in real life.
    pub fn working(self) -> Plan {
        Plan { works: true, ..self }
    }

    /// The time at the start.
    pub fn at(self, now: &str) -> Plan {
        Plan { now: now.parse().expect("a time like 2026-11-22T18:00:00"), ..self }
    }

    /// One more line of configuration.
    pub fn with(mut self, name: &str, value: &str) -> Plan {
        self.names.push((name.to_owned(), value.to_owned()));
        self
    }

    pub async fn start(self) -> TestApp {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let company = (self.company)(self.backend);
        let data = TempDir::new().expect("there is room");
        let mut names = vec![
            ("DATABASE_URL".to_owned(), company.database_url()),
            ("CREWLINE_PUBLIC_URL".to_owned(), url.clone()),
            ("CREWLINE_DATA_DIR".to_owned(), data.path().to_string_lossy().into_owned()),
        ];
        names.extend(self.names); // of one name the last counts
        let config = Config::from_names(names).unwrap_or_else(|problems| panic!("{problems}"));
        let clock = TestClock::new(self.now, self.works);
        let says = clock.clone();
        let app = App::build(&config, listener, Arc::new(move || says.now())).unwrap_or_else(|error| panic!("{error}"));
        let (stop, stopped) = oneshot::channel::<()>();
        let test_app = TestApp {
            db: app.site.db.clone(),
            worker: app.worker.clone(),
            setup_link: app.site.setup_token.link(&url),
            url,
            clock,
            _stop: stop,
            _company: company,
            _data: data,
        };
        let works = self.works;
        std::thread::spawn(move || {
            let stopped = async move { drop(stopped.await) };
            let system = actix_web::rt::System::new();
            let ended = if works { system.block_on(app.run(stopped)) } else { system.block_on(app.serve(stopped)) };
            ended.expect("it serves until it is stopped");
        });
        test_app
    }
}

impl TestApp {
    /// A company with one Owner, nobody else, no text; no worker runs; the clock stands still.
    pub async fn start(backend: Backend) -> TestApp {
        TestApp::planned(backend).start().await
    }

    /// The demo company.
    pub async fn start_demo(backend: Backend) -> TestApp {
        TestApp::planned(backend).demo().start().await
    }

    /// To be made different before it starts.
    pub fn planned(backend: Backend) -> Plan {
        Plan {
            backend,
            company: Company::founded,
            names: Vec::new(),
            works: false,
            now: Utc::now().naive_utc().trunc_subsecs(0),
        }
    }

    /// Without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn read<T>(&self, run: impl FnOnce(&mut DbConnection) -> Stored<T>) -> T {
        self.db.read(run).expect("it can be read")
    }

    pub fn write<T>(&self, run: impl Fn(&mut Writer<'_>) -> services::Done<T>) -> T {
        self.db.write(run).expect("it can be written")
    }

    pub fn now(&self) -> NaiveDateTime {
        self.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Does all that is due now, and answers how many jobs that were.
    pub async fn drain(&self) -> usize {
        self.worker.drain().await.expect("the outbox can be read")
    }

    /// Somebody at a browser who is not signed in.
    pub fn visitor(&self) -> Actor {
        Actor::new(&self.url)
    }

    pub async fn sign_in(&self, user: UserId) -> Actor {
        let email = self.email(user);
        let actor = self.visitor();
        let answer = actor.post_form("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{email} cannot sign in: {}", answer.text());
        actor
    }

    /// How many rows there are: `count("messages where direction = 'in'")`.
    pub fn count(&self, rows: &str) -> i64 {
        self.number_in(rows, "count(*)")
    }

    pub fn number_in(&self, rows: &str, what: &str) -> i64 {
        self.numbers(&format!("select {what} as number from {rows}"))[0]
    }

    /// The column `number` of a query that both databases understand.
    pub fn numbers(&self, sql: &str) -> Vec<i64> {
        self.read(|c| rows::numbers(c, sql))
    }
}

/// Stands still until it is moved, or ticks and can be moved too.
#[derive(Clone)]
struct TestClock {
    start: NaiveDateTime,
    ticking: Option<Instant>,
    moved: Arc<AtomicI64>,
}

impl TestClock {
    fn new(start: NaiveDateTime, ticks: bool) -> TestClock {
        TestClock { start, ticking: ticks.then(Instant::now), moved: Arc::default() }
    }

    fn now(&self) -> NaiveDateTime {
        let ticked = self.ticking.map_or(0, |since| i64::try_from(since.elapsed().as_micros()).expect("a short test"));
        self.start + Duration::microseconds(ticked + self.moved.load(Ordering::SeqCst))
    }

    fn advance(&self, by: Duration) {
        self.moved.fetch_add(by.num_microseconds().expect("a short time"), Ordering::SeqCst);
    }
}
