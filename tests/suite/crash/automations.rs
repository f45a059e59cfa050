//! The program is killed while automations are due at once: no text leaves twice, and nobody is assigned for one that
//! was never taken.

use std::time::Duration;

use chrono::{NaiveDateTime, SubsecRound, Timelike, Utc};
use crewline::domain::{
    Assignee, AutomationId, ClientId, Definition, GatewayKind, Occurrence, PhoneKind, Step, Trigger, UserId, Wait,
};
use crewline::services::Error;
use crewline::services::automations::{About, begin};
use crewline::store::client_phones::{self, ClientPhone};
use crewline::store::clients::{self, Fields};
use crewline::store::{Db, Writer, automations, gateways, lead_statuses, users};

use super::carrier::{ACCOUNT, Carrier, OUR_NUMBER, TOKEN};
use super::{count, rows, run};
use crate::support::app::{Backend, for_both};
use crate::support::program::Installation;
use crate::support::within;

for_both!(killed_while_automations_are_due_it_texts_nobody_twice_and_assigns_for_accepted_texts_only);

/// How many runs are due at once, from how many numbers, and how often it dies meanwhile.
struct Rush {
    runs: usize,
    numbers: usize,
    kills: usize,
    patient: bool,
}

impl Rush {
    fn of_this_run() -> Rush {
        if std::env::var_os("CREWLINE_SOAK").is_some() {
            Rush { runs: 2_000, numbers: 40, kills: 20, patient: true }
        } else {
            Rush { runs: 24, numbers: 8, kills: 3, patient: false }
        }
    }
}

async fn killed_while_automations_are_due_it_texts_nobody_twice_and_assigns_for_accepted_texts_only(backend: Backend) {
    let rush = Rush::of_this_run();
    let carrier = Carrier::start().await;
    let house = Installation::new(backend)
        .with("CREWLINE_TWILIO_ACCOUNT_SID", ACCOUNT)
        .with("CREWLINE_TWILIO_AUTH_TOKEN", TOKEN)
        .with("CREWLINE_TWILIO_NUMBER", OUR_NUMBER)
        .with("CREWLINE_TWILIO_BASE_URL", &carrier.url());
    let mut serving = house.serve().await;
    house.set_up(&serving).await;
    house.db().write(|tx| fall_due(tx, &rush)).expect("runs begin");

    let mut cut_off = 0;
    for kill in 1..=rush.kills {
        let enough = rush.runs * kill / (rush.kills + 1);
        let reached = within(Duration::from_secs(120), async || (carrier.taken() >= enough).then_some(()));
        reached.await.unwrap_or_else(|| panic!("only {} texts left; its log:\n{}", carrier.taken(), house.log()));
        tokio::time::sleep(Duration::from_millis(rand::random::<u64>() % 200)).await;
        serving.kill();
        let db = house.db();
        cut_off += count(&db, "select count(*) as many from jobs");
        if !rush.patient {
            run(&db, "update jobs set leased_until = created_at where leased_until is not null");
        }
        drop(db);
        serving = house.serve().await;
    }

    let db = house.db();
    settled(&db, &rush).await;
    for text in (0..rush.runs).map(body) {
        let taken = carrier.times_taken(&text);
        assert!(taken <= 1, "“{text}” left {taken} times");
    }
    let lost = rows(&db, "select body as name, count(*) as many from messages where status = 'unknown' group by body");
    assert_eq!(carrier.taken() + lost.keys().filter(|text| carrier.times_taken(text) == 0).count(), rush.runs);
    assert_eq!(count(&db, "select count(*) as many from messages"), as_number(rush.runs), "one text a run");
    let accepted = "select count(*) as many from messages where provider_message_id is not null";
    let assigned = "select count(*) as many from messages join assignments \
                    on assignments.conversation_id = messages.conversation_id where provider_message_id is not null";
    assert_eq!(count(&db, assigned), count(&db, accepted), "each text that was taken has assigned its person");
    assert_eq!(count(&db, "select count(*) as many from assignments"), count(&db, accepted), "and no other one");
    assert!(cut_off > 0, "it never died with work at hand: the test shows nothing");
    drop(serving);
}

/// For every run a client of its own, so many to each number.
fn fall_due(tx: &mut Writer<'_>, rush: &Rush) -> Result<(), Error> {
    let now = Utc::now().naive_utc().trunc_subsecs(6);
    let owner = users::all(tx)?.first().expect("the Owner").id;
    let gateway = gateways::ensure(tx, GatewayKind::Twilio)?;
    let mut ids = Vec::new();
    for number in 0..rush.numbers {
        let phone = format!("+1720556{number:04}");
        let number = gateways::insert_number(tx, gateway, &phone, &phone, now)?;
        ids.push(automation(tx, number, owner, now)?);
    }
    let status = lead_statuses::all(tx)?.first().expect("a lead status").id;
    for (run, id) in (0..rush.runs).zip(ids.iter().cycle()) {
        let client = client(tx, run, status, now)?;
        let automation = automations::find(tx, *id)?.expect("it is there");
        let about = About { client: Some(client), conversation: None };
        begin(tx, &automation, &Occurrence::ClientCreated { client }, about, now, now)?;
    }
    Ok(())
}

fn automation(tx: &mut Writer<'_>, number: i64, whom: UserId, now: NaiveDateTime) -> Result<AutomationId, Error> {
    let step = Step {
        wait: Wait::NONE,
        body: "Summit Crew: text for {{client.first_name}}. Reply STOP to opt out.".to_owned(),
        push: false,
        assignees: vec![Assignee::User(whom)],
    };
    let definition = Definition {
        name: format!("Rush {number}"),
        trigger: Trigger::ClientCreated,
        conditions: Vec::new(),
        steps: vec![step],
        stop_on_reply: true,
        number: Some(number),
    };
    let id = automations::insert(tx, &definition, now)?;
    automations::set_active(tx, id, true, now)?;
    Ok(id)
}

/// They live where it is early in the afternoon now, so that nothing waits for the morning.
fn client(tx: &mut Writer<'_>, run: usize, status: i64, now: NaiveDateTime) -> Result<ClientId, Error> {
    let east = 14 - i64::from(now.hour());
    let fields = Fields {
        first_name: format!("C{run}"),
        lead_status_id: status,
        // These zones are written the other way round
        time_zone: Some(format!("Etc/GMT{}{}", if east > 0 { "-" } else { "+" }, east.abs())),
        ..Fields::default()
    };
    let id = clients::insert(tx, &fields, now)?;
    let phone = ClientPhone { kind: PhoneKind::Mobile, phone: format!("+1970557{run:04}"), texting: true };
    client_phones::replace(tx, id, &[phone])?;
    Ok(id)
}

fn body(run: usize) -> String {
    format!("Summit Crew: text for C{run}. Reply STOP to opt out.")
}

/// Every run has sent its text, and what can be known of the texts is known.
async fn settled(db: &Db, rush: &Rush) {
    let patience = Duration::from_secs(if rush.patient { 400 } else { 60 });
    let left = within(patience, async || {
        let steps = count(db, "select count(*) as many from automation_runs where state = 'waiting'");
        let waiting = count(db, "select count(*) as many from messages where status = 'waiting'");
        let asked = count(db, "select count(*) as many from jobs where kind = 'send_text' and attempts < 3");
        (steps + waiting + asked == 0).then_some(())
    });
    let states = "select state as name, count(*) as many from automation_runs group by state";
    assert!(left.await.is_some(), "left: {:?}", rows(db, states));
}

fn as_number(count: usize) -> i64 {
    i64::try_from(count).expect("few")
}
