mod records;
mod states;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::*;
use crate::domain::{ConversationFilter, ConversationId, MergeTemplate, MergeValues, PhoneNumber, SmsText, UserId};
use crate::services::{merge, message_templates};
use crate::store::conversation_list::{self, Query, Row};
use crate::store::thread::{self, Page};
use crate::store::{AfterCommit, DatabaseUrl, Db, Effects, gateways, migrations};

struct Nobody;
impl AfterCommit for Nobody {
    fn committed(&self, effects: Effects) {
        assert!(effects.topics.is_empty() && !effects.jobs, "loading the demo leaves nothing to do");
    }
}

fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(17, 30, 0).unwrap()
}

/// A database of its own for each test. It is gone with its folder.
fn loaded() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("demo.db"));
    (folder, load(&url))
}

fn load(url: &DatabaseUrl) -> Db {
    migrations::migrate(url).unwrap();
    let db = Db::open(url, Arc::new(Nobody)).unwrap();
    assert!(!db.read(is_demo).unwrap(), "it begins empty");
    let started = Instant::now();
    db.write(|tx| load_demo_company(tx, "hash", GatewayKind::Simulator, now())).unwrap();
    assert!(started.elapsed() < Duration::from_secs(10), "took {:?}", started.elapsed());
    db
}

fn user(db: &Db, local: &str) -> UserId {
    db.read(|c| users::credentials(c, &format!("{local}@summitridge.example"))).unwrap().unwrap().0
}

fn list(db: &Db, user: UserId, filter: Option<ConversationFilter>) -> Vec<Row> {
    let query = Query { user, assigned_only: false, filter, search: String::new(), before: None, limit: 500 };
    db.read(|c| conversation_list::page(c, &query)).unwrap()
}

fn threads(db: &Db) -> BTreeMap<ConversationId, Page> {
    let rows = list(db, user(db, "owner"), None);
    rows.iter().map(|row| (row.id, db.read(|c| thread::page(c, row.id, None, 5_000)).unwrap())).collect()
}

#[test]
fn the_company_is_there_with_its_people_clients_and_conversations() {
    let (_folder, db) = loaded();
    assert!(db.read(is_demo).unwrap());
    let people = db.read(users::all).unwrap();
    assert_eq!(people.len(), 6);
    for person in &people {
        let written = USERS.iter().find(|user| user.email == person.email).unwrap();
        assert_eq!((person.role.as_str(), person.may), (written.role.name(), written.role.permissions()));
    }
    let records = clients::records().unwrap();
    assert_eq!(records.len(), 40);
    assert_eq!(list(&db, user(&db, "owner"), None).len(), 60);
    let texts: usize = threads(&db).values().map(|page| page.messages.len()).sum();
    assert!((780..=820).contains(&texts), "{texts} texts");
    let ours = db.read(gateways::numbers).unwrap();
    assert_eq!(ours.len(), 2);
    for phone in ours.iter().map(|number| &*number.phone).chain(records.iter().flat_map(|r| [r.mobile, r.home])) {
        assert!(phone.is_empty() || PhoneNumber::parse(phone, "US").unwrap().as_str() == phone, "{phone}");
    }
}

#[test]
fn every_conversation_carries_its_newest_text_and_whether_anybody_is_assigned() {
    let (_folder, db) = loaded();
    let owner = user(&db, "owner");
    let unassigned: BTreeSet<_> =
        list(&db, owner, Some(ConversationFilter::Unassigned)).iter().map(|row| row.id).collect();
    let threads = threads(&db);
    for row in list(&db, owner, None) {
        let newest = threads[&row.id].messages.last().unwrap();
        assert_eq!((row.last_message_at, row.direction), (newest.at, newest.direction), "{}", row.phone);
        let waits = row.assignees.is_empty() && !row.blocked;
        assert_eq!(waits, unassigned.contains(&row.id), "{}", row.phone);
        assert!(threads[&row.id].messages.is_sorted_by(|a, b| a.at < b.at && a.id < b.id), "{}", row.phone);
        assert!(newest.at <= now() && !row.preview.is_empty());
    }
    assert!(!unassigned.is_empty() && unassigned.len() < 30);
}

#[test]
fn ids_follow_time_so_that_the_newest_text_is_the_last() {
    let (_folder, db) = loaded();
    let threads = threads(&db);
    let mut texts: Vec<_> = threads.values().flat_map(|page| &page.messages).map(|text| (text.id, text.at)).collect();
    texts.sort_unstable();
    assert!(texts.is_sorted_by_key(|(_, at)| *at));
}

#[test]
fn it_is_the_same_company_every_time() {
    let bodies = |db: &Db| -> Vec<String> {
        threads(db)
            .into_values()
            .flat_map(|page| page.messages)
            .map(|text| format!("{} {}", text.at, text.body))
            .collect()
    };
    let ((_one, first), (_two, second)) = (loaded(), loaded());
    assert_eq!(bodies(&first), bodies(&second));
}

#[test]
fn a_new_password_is_everybodys() {
    let (_folder, db) = loaded();
    db.write(|tx| set_passwords(tx, "another")).unwrap();
    for user in USERS {
        let (_, hash, active) = db.read(|c| users::credentials(c, user.email)).unwrap().unwrap();
        assert_eq!((&*hash, active), ("another", true));
    }
}

#[test]
fn every_template_can_be_filled_in() {
    let (_folder, db) = loaded();
    let fields = db.read(merge::fields).unwrap();
    let stored = db.read(message_templates::all).unwrap();
    assert_eq!(stored.len(), templates::TEMPLATES.len());
    for template in stored {
        let parsed = MergeTemplate::parse(&template.body, &fields).unwrap();
        let text = parsed.render(&MergeValues::default()).text;
        assert!(SmsText::filled_in(&text).is_ok() && text.chars().count() < 400, "{text}");
    }
}
