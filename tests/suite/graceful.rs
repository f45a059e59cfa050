//! Starting, stopping and the commands, as an operator meets them.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::actor::Actor;
use crate::support::app::{Backend, PASSWORD, for_both};
use crate::support::program::Installation;
use crate::support::{eventually, within};

for_both!(
    told_to_stop_it_ends_its_streams_finishes_what_is_under_way_and_goes,
    migrating_twice_is_migrating_once,
    the_first_person_founds_the_company_and_the_set_up_stays_shut,
    the_demo_is_served_and_takes_a_new_password_at_the_next_start,
    the_demo_is_not_loaded_among_other_data,
);

async fn told_to_stop_it_ends_its_streams_finishes_what_is_under_way_and_goes(backend: Backend) {
    let house = Installation::new(backend);
    let mut serving = house.serve().await;
    let owner = house.set_up(&serving).await;
    let mut events = owner.request(reqwest::Method::GET, "/events").send().await.expect("it answers");
    assert_eq!(events.status(), 200);
    assert!(events.chunk().await.expect("open").is_some(), "the stream is open");
    let mut signing_in = HalfSent::sign_in(&house).await;

    serving.ask_to_stop();
    // To its end without an error, so it was ended and not cut
    let ended = tokio::time::timeout(Duration::from_secs(5), async {
        while events.chunk().await.expect("a clean end").is_some() {}
    });
    ended.await.expect("the stream is told to end");
    assert_eq!(serving.exit_code(), None, "somebody is still signing in");
    let answer = signing_in.finish().await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");

    let code = within(Duration::from_secs(5), async || serving.exit_code()).await;
    assert_eq!(code, Some(0), "its log:\n{}", house.log());
}

/// A request whose end is still to come, although the app reads it already.
struct HalfSent {
    connection: TcpStream,
    rest: String,
}

impl HalfSent {
    async fn sign_in(house: &Installation) -> HalfSent {
        let address = house.url().trim_start_matches("http://").to_owned();
        let mut connection = TcpStream::connect(&address).await.expect("it listens");
        let fields = [("email", "olivia@crew.example"), ("password", PASSWORD)];
        let rest = serde_urlencoded::to_string(fields).expect("a form");
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            house.url(),
            rest.len(),
        );
        connection.write_all(head.as_bytes()).await.expect("sent");
        let mut words = [0; 256];
        let read = connection.read(&mut words).await.expect("an answer");
        let words = String::from_utf8_lossy(&words[..read]).into_owned();
        assert!(words.starts_with("HTTP/1.1 100"), "it waits for the rest: {words}");
        HalfSent { connection, rest }
    }

    async fn finish(&mut self) -> String {
        self.connection.write_all(self.rest.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        self.connection.read_to_string(&mut answer).await.expect("an answer");
        answer
    }
}

async fn migrating_twice_is_migrating_once(backend: Backend) {
    let house = Installation::new(backend);
    let pending = house.run(&["check-config"], "");
    assert!(pending.code == Some(0) && pending.out.contains("pending: "), "{pending:?}");
    let first = house.run(&["migrate"], "");
    assert!(first.code == Some(0) && first.out.contains("ran "), "{first:?}");
    let second = house.run(&["migrate"], "");
    assert!(second.code == Some(0) && second.out.trim() == "The database was up to date.", "{second:?}");
    let checked = house.run(&["check-config"], "");
    assert!(checked.code == Some(0) && checked.out.contains("up to date"), "{checked:?}");
}

async fn the_first_person_founds_the_company_and_the_set_up_stays_shut(backend: Backend) {
    let house = Installation::new(backend);
    let owner = ["user", "add", "--email", "olivia@crew.example", "--name", "Olivia", "--role", "owner"];
    let weak = house.run(&owner, "password1234");
    assert!(weak.code == Some(1) && !weak.err.is_empty(), "{weak:?}");
    let nowhere = house.run(&[&owner[..], &["--time-zone", "Mars/North"]].concat(), PASSWORD);
    assert!(nowhere.code == Some(1) && nowhere.err.contains("time zone"), "{nowhere:?}");
    let founding = [&owner[..], &["--company", "Gutters & Sons", "--time-zone", "America/Denver"]].concat();
    let founded = house.run(&founding, PASSWORD);
    assert!(founded.code == Some(0) && founded.out.contains("Gutters & Sons"), "{founded:?}");
    assert!(!founded.out.contains(PASSWORD), "what was typed is not repeated: {founded:?}");
    let again = house.run(&owner, PASSWORD);
    assert!(again.code == Some(1) && again.err.contains("here already"), "{again:?}");
    let made =
        house.run(&["user", "add", "--email", "mia@crew.example", "--name", "Mia", "--role", "sales_person"], "");
    assert!(made.code == Some(0) && made.out.contains("Password: ") && !made.out.contains("founded"), "{made:?}");

    let serving = house.serve().await;
    let said = eventually("the first words", async || Some(serving.said()).filter(|said| !said.is_empty())).await;
    assert!(!said.contains("token="), "{said}");
    let olivia = house.sign_in("Olivia").await;
    let page = olivia.get("/conversations").await;
    assert!(page.status == 200 && page.text().contains("Gutters & Sons"), "{}", page.text());
    assert_eq!(olivia.get("/setup").await.status, 404);
}

async fn the_demo_is_served_and_takes_a_new_password_at_the_next_start(backend: Backend) {
    let house = Installation::new(backend);
    for password in ["a first long password", "and a second one of them"] {
        let serving = house.start(&["demo", "--password", password]).await;
        let said =
            eventually("the password", async || Some(serving.said()).filter(|said| said.contains(password))).await;
        for words in [house.url().as_str(), "owner@summitridge.example", "field@summitridge.example"] {
            assert!(said.contains(words), "{said}");
        }
        let visitor = Actor::new(&house.url());
        let wrong = [("email", "sales@summitridge.example"), ("password", "neither of these two")];
        assert_eq!(visitor.post_form("/sign-in", &wrong).await.status, 422);
        let right = [("email", "sales@summitridge.example"), ("password", password)];
        assert_eq!(visitor.post_form("/sign-in", &right).await.status, 303);
        assert_eq!(visitor.get("/conversations").await.status, 200);
        serving.kill();
    }
}

async fn the_demo_is_not_loaded_among_other_data(backend: Backend) {
    let house = Installation::new(backend);
    house.add_user("Olivia", "owner");
    let refused = house.run(&["demo"], "");
    assert!(refused.code == Some(1) && refused.err.contains("holds other data"), "{refused:?}");
    let _serving = house.serve().await;
    let olivia = house.sign_in("Olivia").await;
    assert!(!olivia.get("/conversations").await.text().contains("Summit Ridge"));
}

#[test]
fn every_mistake_in_the_configuration_is_told_at_once_and_nothing_is_begun() {
    let house = Installation::new(Backend::Sqlite)
        .with("CREWLINE_BIND", "here")
        .with("CREWLINE_PUBLIC_URL", "ftp://crew.example")
        .with("CREWLINE_TWILIO_NUMBER", "+17205550100")
        .with("CREWLINE_PUSH_EXTRA_ORIGINS", "http://push.example")
        .with("CREWLINE_TYPO", "1");
    let names = ["BIND", "PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUSH_EXTRA_ORIGINS", "TYPO"];
    for command in ["check-config", "serve", "migrate", "demo"] {
        let told = house.run(&[command], "");
        assert_eq!(told.code, Some(1), "{command}: {told:?}");
        for name in names {
            assert!(told.err.contains(&format!("CREWLINE_{name}")), "{command} does not tell of {name}: {}", told.err);
        }
    }
}

#[test]
fn a_name_that_nobody_knows_is_a_mistake_of_its_own() {
    let sound = Installation::new(Backend::Sqlite);
    assert_eq!(sound.run(&["check-config"], "").code, Some(0));
    let typo = sound.with("CREWLINE_PUBLIC_URI", "http://localhost:8080");
    let told = typo.run(&["check-config"], "");
    assert!(told.code == Some(1) && told.err.contains("CREWLINE_PUBLIC_URI is not a name"), "{told:?}");
}
