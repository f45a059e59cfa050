//! The whole program as somebody runs it: its own folder, database and port, spoken to by command line and HTTP alone.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crewline::store::{AfterCommit, Db, Effects};
use reqwest::Client;
use tempfile::TempDir;

use super::actor::Actor;
use super::binary::{Running, crewline};
use super::company::{Backend, Company, PASSWORD};
use super::{eventually, within};

/// A machine on which Crewline is installed, with a database in which nothing is yet.
pub struct Installation {
    folder: TempDir,
    port: u16,
    settings: Vec<(String, String)>,
    database: Company,
}

impl Installation {
    pub fn new(backend: Backend) -> Installation {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("there is room");
        Installation { folder, port: free_port(), settings: Vec::new(), database: Company::bare(backend) }
    }

    /// One more line of configuration.
    pub fn with(mut self, name: &str, value: &str) -> Installation {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Runs a command to its end, with these words on its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        // One that asks nothing may have ended already
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        child.wait_with_output().expect("it ends").into()
    }

    pub fn add_user(&self, name: &str, role: &str) {
        let added = self.run(&["user", "add", "--email", &email_of(name), "--name", name, "--role", role], PASSWORD);
        assert_eq!(added.code, Some(0), "{added:?}");
    }

    /// Starts `crewline serve` and waits until it is ready.
    pub async fn serve(&self) -> Serving {
        self.start(&["serve"]).await
    }

    /// Starts a command that serves and waits until it is ready.
    pub async fn start(&self, arguments: &[&str]) -> Serving {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log");
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().expect("it starts");
        let said = Arc::<Mutex<String>>::default();
        let (words, heard) = (child.stdout.take().expect("piped"), said.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(words).lines().map_while(Result::ok) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push_str(&format!("{line}\n"));
            }
        });
        let serving = Serving { running: Running(child), said };
        let (client, door) = (Client::builder().no_proxy().build().expect("a client"), self.url() + "/readyz");
        let ready = within(Duration::from_secs(30), async || {
            client.get(&door).send().await.ok().filter(|answer| answer.status() == 200)
        });
        assert!(ready.await.is_some(), "{arguments:?} does not get ready. Its log:\n{}", self.log());
        serving
    }

    /// What it wrote to standard error, over all its starts.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// The first run: the company and its Owner Olivia, who is signed in then.
    pub async fn set_up(&self, serving: &Serving) -> Actor {
        let link = eventually("the address of the set-up", async || {
            serving.said().lines().find_map(|line| Some(line.split_once("/setup?token=")?.1.to_owned()))
        });
        let form = [
            ("token", link.await),
            ("company_name", "Summit Crew".to_owned()),
            ("time_zone", "America/Denver".to_owned()),
            ("name", "Olivia".to_owned()),
            ("email", email_of("Olivia")),
            ("password", PASSWORD.to_owned()),
        ];
        self.signed_in_by("/setup", &form).await
    }

    /// Who was added by `add_user`.
    pub async fn sign_in(&self, name: &str) -> Actor {
        self.signed_in_by("/sign-in", &[("email", email_of(name)), ("password", PASSWORD.to_owned())]).await
    }

    async fn signed_in_by(&self, path: &str, form: &[(&str, String)]) -> Actor {
        let actor = Actor::new(&self.url());
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = actor.post_form(path, &fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        actor
    }

    /// The database itself, for what no page tells; also while the program does not run.
    pub fn db(&self) -> Db {
        let url = self.database.database_url().parse().expect("an address of a database");
        Db::open(&url, Arc::new(NobodyListens)).expect("the database opens")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = crewline(self.folder.path());
        command
            .args(arguments)
            .env("DATABASE_URL", self.database.database_url())
            .env("CREWLINE_BIND", format!("127.0.0.1:{}", self.port))
            .env("CREWLINE_PUBLIC_URL", self.url())
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

/// What a command that has ended said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: output.status.code(), out: words(&output.stdout), err: words(&output.stderr) }
    }
}

/// The program while it runs. Ends with its test.
pub struct Serving {
    running: Running,
    said: Arc<Mutex<String>>,
}

impl Serving {
    /// What it printed so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// `kill -9`.
    pub fn kill(self) {
        self.running.kill();
    }

    /// `kill -TERM`: it may finish what it is doing.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.running.0.id())]).status();
        assert!(asked.expect("sh runs").success());
    }

    /// The code it ended with, if it has ended.
    pub fn exit_code(&mut self) -> Option<i32> {
        let ended = self.running.0.try_wait().expect("it is ours")?;
        Some(ended.code().expect("it ended by itself"))
    }
}

fn email_of(name: &str) -> String {
    format!("{}@crew.example", name.to_lowercase())
}

/// Below the ports that the system gives to whoever asks for any, so that it is still free after a restart.
fn free_port() -> u16 {
    let mut ports = std::iter::repeat_with(|| 10_000 + rand::random::<u16>() % 10_000);
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}

struct NobodyListens;

impl AfterCommit for NobodyListens {
    fn committed(&self, _: Effects) {}
}
