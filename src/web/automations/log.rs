use std::collections::{HashMap, HashSet};

use actix_web::web::Data;
use chrono::NaiveDateTime;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::log_words::{EVENTS, what, why};
use crate::assignment_policy::{
    ClientRecord, Conversation, Staff, may_read_client, may_read_texts_of, sees_on_dashboard,
};
use crate::domain::{AutomationEvent, ClientId, ConversationId};
use crate::services::facts::staff_member;
use crate::store::automation_log::{self, Line, Which};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, automations, clients, conversation_facts};
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::automations::{LogFilter, LogLine, LogPage};
use crate::web::view::{Section, TimeLabel};

const LINES: usize = 50;

/// What the address asks for; what it does not understand it does not ask for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    automation: String,
    run: String,
    event: String,
    before: String,
}

/// `GET /automations/log`: every run and every skip.
pub async fn index(site: Data<Site>, me: AutomationEditor, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| Ok(page(&shared, c, &me, &asked)?)).await?))
}

fn page(site: &Site, connection: &mut DbConnection, me: &User, asked: &Asked) -> Stored<LogPage> {
    let filter = LogFilter {
        automation: asked.automation.parse().ok(),
        run: asked.run.parse().ok(),
        event: asked.event.parse().ok(),
    };
    let which = Which {
        automation: filter.automation,
        run: filter.run,
        event: filter.event,
        before: asked.before.parse().ok(),
    };
    let mut lines = automation_log::page(connection, &which, LINES as i64 + 1)?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines.last().filter(|_| more).map(|last| older(&filter, last.id));
    let may = Readable::load(connection, me, &lines)?;
    let (now, zone) = (site.now(), zone(connection)?);
    let all = automations::all(connection)?.into_iter().map(|one| (one.id, one.definition.name));
    Ok(LogPage {
        shell: site.shell(connection, me, Section::Automations)?,
        automations: all.collect(),
        events: EVENTS.to_vec(),
        lines: lines.into_iter().map(|line| shown(line, &may, |at| time_label(now, at, zone))).collect(),
        filter,
        next,
    })
}

/// Which of the records and conversations that lines are about this person may open.
struct Readable {
    clients: HashSet<ClientId>,
    /// With where they read them: on the dashboard, else in a record.
    conversations: HashMap<ConversationId, String>,
}

impl Readable {
    fn load(connection: &mut DbConnection, me: &User, lines: &[Line]) -> Stored<Self> {
        let person = staff_member(me);
        let ids: Vec<ClientId> = lines.iter().filter_map(|line| line.client.as_ref().map(|(id, _)| *id)).collect();
        let record = |client: &clients::Client| ClientRecord {
            id: client.id,
            holders: client.positions.iter().map(|held| held.user_id).collect(),
        };
        let found = clients::load(connection, &ids)?;
        let readable = found.iter().filter(|client| may_read_client(&person, &record(client)));
        let clients = readable.map(|client| client.id).collect();
        let ids: Vec<ConversationId> = lines.iter().filter_map(|line| line.conversation).collect();
        let facts = conversation_facts::of(connection, &ids)?.into_iter().map(|one| {
            let clients = one.clients.into_iter();
            let clients = clients.map(|client| ClientRecord { id: client.id, holders: client.holders }).collect();
            let (opted_out, blocked) = (one.opted_out, one.blocked);
            (one.id, Conversation { assigned: one.assigned, clients, opted_out, blocked })
        });
        let conversations = facts.filter_map(|(id, facts)| Some((id, address(&person, id, &facts)?))).collect();
        Ok(Self { clients, conversations })
    }
}

fn address(person: &Staff, id: ConversationId, facts: &Conversation) -> Option<String> {
    if sees_on_dashboard(person, facts) {
        return Some(format!("/conversations/{id}"));
    }
    let record = facts.clients.iter().find(|client| may_read_texts_of(person, client))?;
    Some(format!("/clients/{}/sms/{id}", record.id))
}

fn shown(line: Line, may: &Readable, label: impl Fn(NaiveDateTime) -> TimeLabel) -> LogLine {
    let (what, why) = (what(&line), why(&line));
    let is_about_somebody = line.client.is_some();
    let client = line.client.filter(|(id, _)| may.clients.contains(id));
    LogLine {
        id: line.id,
        event: line.event,
        automation_id: line.automation_id,
        automation: line.automation,
        archived: line.archived,
        run: line.run_id,
        what,
        why,
        hidden_client: is_about_somebody && client.is_none(),
        client,
        conversation: line.conversation.and_then(|id| may.conversations.get(&id).cloned()),
        time: label(line.at),
    }
}

fn older(filter: &LogFilter, last: i64) -> String {
    let mut query = Serializer::new(String::new());
    for (name, id) in [("automation", filter.automation), ("run", filter.run)] {
        if let Some(id) = id {
            query.append_pair(name, &id.to_string());
        }
    }
    if let Some(event) = filter.event {
        query.append_pair("event", AutomationEvent::as_str(event));
    }
    query.append_pair("before", &last.to_string());
    format!("/automations/log?{}", query.finish())
}
