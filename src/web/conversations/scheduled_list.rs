//! Everything that waits to be sent, as far as one reads the conversations.

use actix_web::web::Data;
use serde::Deserialize;

use super::clocks::OurClock;
use super::door::Door;
use super::later::shown;
use super::list::{Asked as AskedList, list, parse_cursor, write_cursor};
use crate::assignment_policy::{ClientRecord, Conversation, may_read_texts_of, sees_on_dashboard};
use crate::domain::SmsDashboard;
use crate::services::facts::staff_member;
use crate::services::push_text::title_of;
use crate::services::quiet_hours::zones_of;
use crate::store::conversation_facts::{self, Facts};
use crate::store::conversation_list;
use crate::store::scheduled_texts::{self, Cursor, ScheduledText};
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::conversations::{ScheduledPage, ScheduledRow};

const ROWS: usize = 20;
/// A list that was scrolled far is refreshed as far as this.
const MOST_ROWS: usize = 200;

#[derive(Default, Deserialize)]
pub struct Asked {
    after: Option<String>,
    /// How many rows are on the screen already, when it is refreshed.
    rows: Option<String>,
}

/// `GET /conversations/scheduled`.
pub async fn index(site: Data<Site>, me: DashboardUser, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| Ok(page(&shared, c, &me, &asked)?)).await?))
}

fn page(site: &Site, c: &mut DbConnection, me: &User, asked: &Asked) -> Stored<ScheduledPage> {
    let limit = asked.rows.as_deref().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS).clamp(ROWS, MOST_ROWS);
    let after = asked.after.as_deref().and_then(parse_cursor).map(|cursor| Cursor { at: cursor.at, id: cursor.id });
    let of = (me.may.sms_dashboard != SmsDashboard::All).then_some(me.id);
    let mut texts = scheduled_texts::waiting(c, of, after, limit as i64 + 1)?;
    let more = texts.len() > limit;
    texts.truncate(limit);
    let next = texts.last().filter(|_| more).map(|last| {
        let cursor = conversation_list::Cursor { at: last.send_at, id: last.id };
        format!("/conversations/scheduled?after={}", write_cursor(cursor))
    });
    Ok(ScheduledPage {
        shell: site.shell(c, me, Section::Conversations)?,
        list: list(c, me, &AskedList::default(), None, site.now())?,
        rows: rows(site, c, me, texts)?,
        next,
        refresh: match asked.after.as_deref().filter(|_| after.is_some()) {
            Some(after) => format!("/conversations/scheduled?after={after}"),
            None => "/conversations/scheduled".to_owned(),
        },
    })
}

/// What one wrote for a conversation that one no longer reads is not among them.
fn rows(site: &Site, c: &mut DbConnection, me: &User, texts: Vec<ScheduledText>) -> Stored<Vec<ScheduledRow>> {
    let mut ids: Vec<_> = texts.iter().map(|text| text.conversation_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = conversation_facts::of(c, &ids)?;
    let (zones, ours) = (zones_of(c, &ids)?, OurClock::load(c, site.now())?);
    let mut rows = Vec::new();
    for text in texts {
        let Some(facts) = known.iter().find(|facts| facts.id == text.conversation_id) else { continue };
        let Some(door) = door(me, facts) else { continue };
        let names: Vec<String> = facts.clients.iter().map(|client| client.name.clone()).collect();
        let clocks = ours.beside(zones.get(&facts.id).copied(), &names);
        rows.push(ScheduledRow {
            address: door.address(facts.id),
            title: title_of(&names, &facts.phone),
            text: shown(text, &clocks),
        });
    }
    Ok(rows)
}

/// Through which door this person reads it.
fn door(me: &User, facts: &Facts) -> Option<Door> {
    let person = staff_member(me);
    let records = facts.clients.iter().map(|one| ClientRecord { id: one.id, holders: one.holders.clone() });
    let clients: Vec<ClientRecord> = records.collect();
    let record = clients.iter().find(|client| may_read_texts_of(&person, client)).map(|client| client.id);
    let policy =
        Conversation { assigned: facts.assigned.clone(), clients, opted_out: facts.opted_out, blocked: facts.blocked };
    if sees_on_dashboard(&person, &policy) { Some(Door::Dashboard) } else { record.map(Door::Record) }
}
