//! Of what this person was told, and why: the list behind the bell.
//!
//! A notification whose conversation is out of sight keeps its line and its reason, nothing else.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig, get, post, resource};
use serde::Deserialize;

use super::current_user::CurrentUser;
use super::error::Error;
use super::page::{Page, see_other};
use super::site::{Site, time_label, zone};
use super::view::{Bell, Notice, NotificationsPage, Section, TimeLabel};
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::{ConversationId, NotificationId, NotificationKind, Topic};
use crate::services::{facts, push_text};
use crate::store::notifications::{self, Notification};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, company, push_subscriptions};

const PAGE: i64 = 30;
/// A refresh asks for as many as are on the screen, but never for everything.
const MOST: i64 = 300;

const OUT_OF_SIGHT: &str = "A conversation that you do not see now";

#[derive(Deserialize)]
struct Asked {
    before: Option<NotificationId>,
    rows: Option<i64>,
}

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/notifications").route(get().to(index)))
        .service(resource("/notifications/count").route(get().to(count)))
        .service(resource("/notifications/seen").route(post().to(see_all)));
}

async fn index(site: Data<Site>, me: CurrentUser, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| Ok(page(&shared, c, &me, &asked)?));
    Ok(Page::ok(page.await?))
}

/// The bell in the menu, asked for when it rings.
async fn count(site: Data<Site>, me: CurrentUser) -> Result<Page, Error> {
    let unseen = site.read(move |c| Ok(notifications::unseen(c, me.id, 100)?)).await?;
    Ok(Page::whole(StatusCode::OK, Bell::of(unseen)))
}

/// Everything was seen, also what is out of sight and can no longer be opened.
async fn see_all(site: Data<Site>, me: CurrentUser) -> Result<HttpResponse, Error> {
    let user = me.id;
    site.write(move |tx| {
        if notifications::see_all(tx, user)? {
            tx.announce(Topic::Notifications(user));
        }
        Ok(())
    })
    .await?;
    Ok(see_other("/notifications"))
}

fn page(site: &Site, c: &mut DbConnection, me: &User, asked: &Asked) -> Stored<NotificationsPage> {
    let shown = asked.rows.unwrap_or(PAGE).clamp(PAGE, MOST);
    let mut rows = notifications::page(c, me.id, asked.before, shown + 1)?;
    let older = rows.len() as i64 > shown;
    rows.truncate(usize::try_from(shown).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| older).map(|last| format!("/notifications?before={}", last.id));
    let names = names_in_sight(c, me, &rows)?;
    let (now, zone) = (site.now(), zone(c)?);
    let notice = |row| notice(row, &names, |at| time_label(now, at, zone));
    Ok(NotificationsPage {
        shell: site.shell(c, me, Section::Notifications)?,
        notices: rows.into_iter().map(notice).collect(),
        next,
        refresh: match asked.before {
            Some(before) => format!("/notifications?before={before}"),
            None => "/notifications".to_owned(),
        },
        has_device: !push_subscriptions::of_user(c, me.id)?.is_empty(),
    })
}

/// Whom each conversation is with; none for those that this person does not see on the dashboard.
fn names_in_sight(
    c: &mut DbConnection,
    me: &User,
    rows: &[Notification],
) -> Stored<HashMap<ConversationId, Option<String>>> {
    let has_sms = company::has_sms(c)?;
    let person = facts::staff_member(me);
    let mut names = HashMap::new();
    for id in rows.iter().map(|row| row.conversation_id) {
        if names.contains_key(&id) {
            continue;
        }
        let known = facts::conversation(c, id)?;
        let seen = known.filter(|known| has_sms && sees_on_dashboard(&person, &known.facts));
        let name = seen.map(|known| push_text::title(c, id, &known.row.phone)).transpose()?;
        names.insert(id, name);
    }
    Ok(names)
}

fn notice(
    row: Notification,
    names: &HashMap<ConversationId, Option<String>>,
    label: impl Fn(chrono::NaiveDateTime) -> TimeLabel,
) -> Notice {
    let name = names.get(&row.conversation_id).and_then(Option::as_deref);
    Notice {
        id: row.id,
        kind: row.kind,
        conversation_id: row.conversation_id,
        title: name.map_or_else(|| OUT_OF_SIGHT.to_owned(), |name| title(&row, name)),
        reason: row.reason.sentence(row.actor.as_deref().or(row.automation.as_deref())),
        has_link: name.is_some(),
        unread: !row.seen,
        time: label(row.created_at),
        text: row.text.filter(|_| name.is_some()).map(|text| push_text::inbound_words(Some(text))),
    }
}

fn title(row: &Notification, name: &str) -> String {
    if let (NotificationKind::Assigned, Some(automation)) = (row.kind, row.automation.as_deref()) {
        return match row.joined {
            0 => format!("{automation} assigned you {name}"),
            more => format!("{automation} assigned you {name} and {}", push_text::other_conversations(more)),
        };
    }
    match (row.kind, row.actor.as_deref()) {
        (NotificationKind::Inbound, _) => name.to_owned(),
        (NotificationKind::Assigned, Some(actor)) => format!("{actor} assigned you {name}"),
        (NotificationKind::Assigned, None) => format!("You were assigned {name}"),
        (NotificationKind::Removed, Some(actor)) => format!("{actor} removed you from {name}"),
        (NotificationKind::Removed, None) => format!("You were removed from {name}"),
    }
}
