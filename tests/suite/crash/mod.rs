//! The program is killed while texts arrive and leave (`kill -9`), again and again. What it acknowledged is still there.

mod automations;
mod carrier;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crewline::store::Db;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::support::app::{Backend, for_both};
use crate::support::program::Installation;
use crate::support::push_service::{Answer, FakeBrowser, PushService, Received};
use crate::support::within;
use carrier::{ACCOUNT, Carrier, ClientText, OUR_NUMBER, TOKEN};

for_both!(killed_while_texts_arrive_and_leave_it_keeps_its_word);

/// How much is to happen.
struct Storm {
    clients: usize,
    texts_of_each: usize,
    answers: usize,
    kills: usize,
    /// Waits for the leases of the dead as the program does; else their end is written down for them.
    patient: bool,
}

impl Storm {
    fn of_this_run() -> Storm {
        if std::env::var_os("CREWLINE_SOAK").is_some() {
            Storm { clients: 16, texts_of_each: 60, answers: 120, kills: 25, patient: true }
        } else {
            Storm { clients: 6, texts_of_each: 8, answers: 16, kills: 3, patient: false }
        }
    }
}

async fn killed_while_texts_arrive_and_leave_it_keeps_its_word(backend: Backend) {
    let storm = Storm::of_this_run();
    let (carrier, pushes) = (Arc::new(Carrier::start().await), PushService::start().await);
    let house = Installation::new(backend)
        .with("CREWLINE_TWILIO_ACCOUNT_SID", ACCOUNT)
        .with("CREWLINE_TWILIO_AUTH_TOKEN", TOKEN)
        .with("CREWLINE_TWILIO_NUMBER", OUR_NUMBER)
        .with("CREWLINE_TWILIO_BASE_URL", &carrier.url())
        .with("CREWLINE_PUSH_EXTRA_ORIGINS", &pushes.origin());
    let mut serving = house.serve().await;
    let owner = house.set_up(&serving).await;
    house.add_user("Manuel", "business_manager");
    let manager = house.sign_in("Manuel").await;
    let devices = [pushes.subscribe("phone"), pushes.subscribe("laptop")];
    for (person, device) in [&owner, &manager].into_iter().zip(&devices) {
        let subscribed = person.post_json("/push/subscriptions", &device.to_json()).await;
        assert_eq!(subscribed.status, 201, "{}", subscribed.text());
    }
    // Slow, so that pushes are under way when it dies
    pushes.answers(std::iter::repeat_n(Answer::Silence(Duration::from_millis(150)), storm.clients * 8));

    let total = storm.clients * storm.texts_of_each;
    let (acknowledge, mut acknowledged) = watch::channel(0);
    let mut clients = JoinSet::new();
    for client in 0..storm.clients {
        let texts = (0..storm.texts_of_each).map(|text| client_text(client, text)).collect();
        clients.spawn(write_in(house.url(), texts, carrier.clone(), acknowledge.clone()));
    }
    let cookie = owner.cookie().expect("signed in");
    let answering = tokio::spawn(answer(house.url(), cookie, storm.answers));

    let mut cut_off = 0;
    for kill in 1..=storm.kills {
        let enough = total * kill / (storm.kills + 1);
        acknowledged.wait_for(|so_far| *so_far >= enough).await.expect("clients write");
        serving.kill();
        let db = house.db();
        cut_off += count(&db, "select count(*) as many from jobs");
        if !storm.patient {
            run(&db, "update jobs set leased_until = created_at where leased_until is not null");
        }
        drop(db);
        serving = house.serve().await;
    }
    clients.join_all().await;
    let promised = answering.await.expect("no panic");
    assert_eq!(*acknowledged.borrow(), total, "in the end each text was acknowledged");
    assert!(!promised.is_empty(), "some answers were taken");

    let db = house.db();
    settled(&db, storm.patient).await;
    every_text_is_there_once(&db, &storm);
    no_answer_left_twice(&db, &carrier, &storm, &promised);
    for device in &devices {
        every_push_arrived(&pushes.messages_to(device).await, device, &storm);
    }
    let log = house.log();
    for secret in ["text 0 of client", "+1303555", TOKEN, &devices[0].endpoint] {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
    assert!(cut_off > 0, "it never died with work at hand: the test shows nothing");
    drop(serving);
}

fn client_text(client: usize, text: usize) -> ClientText {
    ClientText {
        sid: format!("SMin{client}x{text}"),
        from: format!("+1303555{:04}", 100 + client),
        body: format!("text {text} of client {client}"),
    }
}

/// As Twilio, but more stubborn: each text until it is acknowledged, one after the other.
async fn write_in(url: String, texts: Vec<ClientText>, carrier: Arc<Carrier>, acknowledged: watch::Sender<usize>) {
    let client = Client::builder().no_proxy().timeout(Duration::from_secs(15)).build().expect("a client");
    let hook = format!("{url}/hooks/twilio/sms");
    for text in texts {
        carrier.wrote(&text);
        let asked_until = Instant::now() + Duration::from_secs(60);
        loop {
            let signed = client.post(&hook).header("X-Twilio-Signature", text.signature(&hook));
            match signed.form(&text.fields()).send().await.map(|answer| answer.status().as_u16()) {
                Ok(200) => break,
                Ok(refused @ 400..500) => panic!("the hook answered {refused}"),
                _ => assert!(Instant::now() < asked_until, "{} is not taken", text.sid),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        carrier.acknowledged(&text);
        acknowledged.send_modify(|so_far| *so_far += 1);
    }
}

/// The Owner texts new phones, each once whatever happens. Answers which of them the program promised to send.
async fn answer(url: String, cookie: String, count: usize) -> BTreeSet<String> {
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let mut promised = BTreeSet::new();
    for answer in 0..count {
        let (to, body) = (format!("+1970555{:04}", 100 + answer), answer_body(answer));
        let form = serde_urlencoded::to_string([("to", to.as_str()), ("body", body.as_str())]).expect("a form");
        let request = client.post(format!("{url}/conversations")).header(COOKIE, &cookie).header(ORIGIN, &url);
        let sent = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form).send().await;
        match sent.map(|answer| answer.status().as_u16()) {
            Ok(303) => drop(promised.insert(body)),
            Ok(refused @ 400..500) => panic!("the new text was answered with {refused}"),
            _ => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
    promised
}

fn answer_body(answer: usize) -> String {
    format!("answer {answer} of the Owner")
}

/// Everything that can leave has left. What the carrier never saw is asked for longer than a test may last.
async fn settled(db: &Db, patient: bool) {
    let patience = Duration::from_secs(if patient { 150 } else { 20 });
    let left = within(patience, async || {
        let pushes = count(db, "select count(*) as many from jobs where kind = 'push'");
        let waiting = count(db, "select count(*) as many from messages where status = 'waiting'");
        (pushes + waiting == 0).then_some(())
    });
    assert!(
        left.await.is_some(),
        "jobs are left:\n{:#?}",
        rows(db, "select payload as name, attempts as many from jobs")
    );
}

fn every_text_is_there_once(db: &Db, storm: &Storm) {
    let stored = rows(db, "select body as name, count(*) as many from messages where direction = 'in' group by body");
    let expected = all_texts(storm).into_iter().map(|body| (body, 1)).collect::<BTreeMap<_, _>>();
    assert_eq!(stored, expected);
    let told = count(db, "select count(*) as many from notifications");
    assert_eq!(told, i64::try_from(2 * expected.len()).expect("few"), "two people are told of each text once");
}

/// At most once, and exactly once unless it says itself that it does not know.
fn no_answer_left_twice(db: &Db, carrier: &Carrier, storm: &Storm, promised: &BTreeSet<String>) {
    let unknown =
        rows(db, "select body as name, count(*) as many from messages where status = 'unknown' group by body");
    for body in (0..storm.answers).map(answer_body) {
        let taken = carrier.times_taken(&body);
        assert!(taken <= 1, "“{body}” left {taken} times");
        if promised.contains(&body) {
            assert!(taken == 1 || unknown.contains_key(&body), "“{body}” was promised and is lost");
        }
    }
}

/// Each text at least once; when it came again it replaces itself on the screen.
fn every_push_arrived(arrived: &[Received], device: &FakeBrowser, storm: &Storm) {
    let mut tags = BTreeMap::<&str, BTreeSet<&str>>::new();
    for push in arrived {
        let word = |name: &str| push.payload[name].as_str().expect("a text");
        assert_eq!(word("kind"), "inbound");
        tags.entry(word("body")).or_default().insert(word("tag"));
    }
    let bodies: BTreeSet<String> = tags.keys().map(|body| (*body).to_owned()).collect();
    assert_eq!(bodies, all_texts(storm), "pushes to {}", device.device);
    assert!(tags.values().all(|tags| tags.len() == 1), "{tags:#?}");
}

fn all_texts(storm: &Storm) -> BTreeSet<String> {
    let of = |client| (0..storm.texts_of_each).map(move |text| client_text(client, text).body);
    (0..storm.clients).flat_map(of).collect()
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    many: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    many: i64,
}

fn rows(db: &Db, sql: &str) -> BTreeMap<String, i64> {
    let found: Vec<Row> =
        db.read(|c| Ok::<_, crewline::store::StoreError>(diesel::sql_query(sql).load(c)?)).expect(sql);
    found.into_iter().map(|row| (row.name, row.many)).collect()
}

fn count(db: &Db, sql: &str) -> i64 {
    let found: Count =
        db.read(|c| Ok::<_, crewline::store::StoreError>(diesel::sql_query(sql).get_result(c)?)).expect(sql);
    found.many
}

fn run(db: &Db, sql: &str) {
    db.write(|tx| Ok::<_, crewline::store::StoreError>(diesel::sql_query(sql).execute(&mut **tx)?)).expect(sql);
}
