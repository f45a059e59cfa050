//! The whole app of one test: its own database, its own port, its own clock, people who ask it over HTTP.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{Duration, NaiveDateTime, SubsecRound, Utc};
use crewline::app::App;
use crewline::config::Config;
use crewline::domain::{BuiltInRole, ConversationId, GatewayKind, Permissions, UserId};
use crewline::gateway::InboundText;
use crewline::live::Hub;
use crewline::services::{self, NewPerson, Received};
use crewline::store::users::{self, NewUser};
use crewline::store::{Db, DbConnection, Stored, Writer, gateways, roles};
use crewline::worker::Worker;
use tempfile::TempDir;
use tokio::sync::oneshot;

pub use super::actor::{Actor, Answered};
pub use super::company::{Backend, OWNER, PASSWORD};
use super::company::{Company, password_hash};

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
    pub hub: Hub,
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
        let mut names = self.names;
        names.push(("DATABASE_URL".to_owned(), company.database_url()));
        names.push(("CREWLINE_PUBLIC_URL".to_owned(), url.clone()));
        names.push(("CREWLINE_DATA_DIR".to_owned(), data.path().to_string_lossy().into_owned()));
        let config = Config::from_names(names).unwrap_or_else(|problems| panic!("{problems}"));
        let clock = TestClock::new(self.now, self.works);
        let says = clock.clone();
        let app = App::build(&config, listener, Arc::new(move || says.now())).unwrap_or_else(|error| panic!("{error}"));
        let (stop, stopped) = oneshot::channel::<()>();
        let test_app = TestApp {
            db: app.site.db.clone(),
            worker: app.worker.clone(),
            hub: app.site.hub.clone(),
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

    /// The Owner who is there from the start.
    pub fn owner(&self) -> UserId {
        self.user_named(OWNER)
    }

    /// The id of somebody who is there.
    pub fn user_named(&self, name: &str) -> UserId {
        let everybody = self.read(users::all);
        everybody.iter().find(|user| user.name == name).unwrap_or_else(|| panic!("there is no {name}")).id
    }

    /// Somebody new, with a built-in role.
    pub fn user(&self, name: &str, role: BuiltInRole) -> UserId {
        let (email, now) = (email_of(name), self.now());
        let new = NewPerson { name, email: &email, password_hash: password_hash(), role };
        self.write(|tx| services::add_user(tx, &new, now))
    }

    /// Somebody new, in a role of their own with exactly these permissions.
    pub fn user_with(&self, name: &str, may: Permissions) -> UserId {
        let (email, now) = (email_of(name), self.now());
        self.write(|tx| {
            let role_id = roles::insert(tx, &format!("Role of {name}"), None, &may)?;
            let new = NewUser { name, email: &email, password_hash: password_hash(), role_id };
            Ok(users::insert(tx, &new, now)?)
        })
    }

    /// Gives the role of this user other permissions.
    pub fn set_permissions(&self, user: UserId, may: Permissions) {
        self.write(|tx| {
            let found = users::find(tx, user)?.expect("they are here");
            Ok(roles::set_permissions(tx, found.role_id, &may)?)
        });
    }

    pub fn set_active(&self, user: UserId, active: bool) {
        let now = self.now();
        self.write(|tx| services::set_active(tx, user, active, now));
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

    /// What this user signs in with.
    pub fn email(&self, user: UserId) -> String {
        self.read(|c| users::find(c, user)).expect("they are here").email
    }

    /// Our first number, E.164.
    pub fn number(&self) -> String {
        self.first_number().1
    }

    /// A client texts us; their text is stored and those who should know are told.
    pub async fn text_in(&self, from: &str, body: &str) -> ConversationId {
        static TEXTS: AtomicI64 = AtomicI64::new(0);
        let id = format!("TEST{}", TEXTS.fetch_add(1, Ordering::Relaxed));
        let (gateway, to) = self.first_number();
        let text = InboundText {
            provider_message_id: id,
            from: from.to_owned(),
            to,
            body: body.to_owned(),
            media: Vec::new(),
        };
        let now = self.now();
        match self.write(|tx| services::receive_text(tx, gateway, &text, now)) {
            Received::Stored { conversation, .. } => conversation,
            Received::Repeated => panic!("this text is new"),
        }
    }

    /// Assigns as automations do: nobody did it, nobody has to be allowed to.
    pub fn assigned(&self, conversation: ConversationId, user: UserId) {
        let now = self.now();
        let reason = crewline::domain::AssignmentReason::Picked;
        self.write(|tx| Ok(crewline::store::assignments::insert(tx, conversation, user, reason, None, now)?));
    }

    fn first_number(&self) -> (GatewayKind, String) {
        let numbers = self.read(gateways::numbers);
        let first = numbers.first().expect("we have a number");
        (first.gateway, first.phone.clone())
    }
}

/// "Michael Scott" signs in as michael.scott@crew.example.
fn email_of(name: &str) -> String {
    format!("{}@crew.example", name.to_lowercase().replace(' ', "."))
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

