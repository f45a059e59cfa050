use actix_web::web::{Data, ServiceConfig, get, resource};
use chrono::{Days, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::audit_words::Names;
use super::{audit_csv, audit_words};
use crate::domain::{AuditEntryId, UserId};
use crate::store::audit::{self, Filter, Logged};
use crate::store::{DbConnection, Stored, users};
use crate::web::current_user::Auditor;
use crate::web::error::Error;
use crate::web::format;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::settings::{AuditFilter, AuditLine, AuditPage};
use crate::web::view::{Section, Shell, TimeLabel};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/audit").route(get().to(index)))
        .service(resource("/settings/audit.csv").route(get().to(audit_csv::show)));
}

const PAGE: usize = 50;

/// What the address asks for; what is empty does not matter.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// Whose doings: the id of a user.
    #[serde(skip_serializing_if = "String::is_empty")]
    who: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    action: String,
    /// Days on the company's calendar, both included.
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

/// `GET /settings/audit`.
pub async fn index(site: Data<Site>, me: Auditor, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| Ok(page(&shared, c, &me, asked.into_inner())?));
    Ok(Page::ok(page.await?))
}

fn page(site: &Site, c: &mut DbConnection, me: &Auditor, asked: Asked) -> Stored<AuditPage> {
    let (now, zone) = (site.now(), zone(c)?);
    let (filter, error) = match asked.filter(zone) {
        Ok(filter) => (Some(filter), None),
        Err(why) => (None, Some(why)),
    };
    let before = asked.before.as_deref().and_then(|before| before.parse::<AuditEntryId>().ok());
    let mut found = match &filter {
        Some(filter) => audit::page(c, filter, before, PAGE as i64 + 1)?,
        None => Vec::new(),
    };
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| asked.address("/settings/audit", Some(last.id)));
    let people: Vec<(UserId, String)> = users::all(c)?.into_iter().map(|user| (user.id, user.name)).collect();
    let names = Names::load(c, &people)?.with_clients(
        c,
        me,
        found.iter().flat_map(|row| [row.subject.as_str(), row.detail.as_str()]),
    )?;
    let shell = site.shell(c, me, Section::Settings)?;
    let entries = found.into_iter().map(|row| line(row, &names, &shell, |at| time_label(now, at, zone))).collect();
    Ok(AuditPage {
        entries,
        actions: audit_words::choices(&asked.action),
        export: asked.address("/settings/audit.csv", None),
        filter: asked.shown(),
        shell,
        people,
        next,
        error,
    })
}

fn line(row: Logged, names: &Names, shell: &Shell, label: impl Fn(NaiveDateTime) -> TimeLabel) -> AuditLine {
    let subject = audit_words::subject(&row.subject, names);
    // Who signs in does so to themselves
    let shows_subject = row.actor.as_ref() != Some(&subject);
    // A role that was made is named once
    let shows_detail = row.detail != subject;
    AuditLine {
        id: row.id,
        what: audit_words::after_a_name(&row.action),
        subject: if shows_subject { subject } else { String::new() },
        link: audit_words::link(&row.subject, shell),
        who: row.actor,
        detail: if shows_detail { audit_words::detail(row.detail, names) } else { String::new() },
        time: label(row.at),
        address: row.address,
    }
}

impl Asked {
    /// As the store understands it, or what of it nobody can understand.
    pub fn filter(&self, zone: Tz) -> Result<Filter, String> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<NaiveDate>().map(Some).map_err(|_| format!("“{}” is no date.", short(text))),
        };
        let actor = match self.who.trim() {
            "" => None,
            who => Some(who.parse().map_err(|_| "Choose a person from the list.".to_owned())?),
        };
        let last = day(&self.to)?;
        let after = last.map(|day| day.checked_add_days(Days::new(1)).unwrap_or(day));
        Ok(Filter {
            actor,
            action: Some(self.action.trim().to_owned()).filter(|action| !action.is_empty()),
            from: day(&self.from)?.map(|day| format::beginning_of(day, zone)),
            until: after.map(|day| format::beginning_of(day, zone)),
        })
    }

    /// For the audit log itself: which entries somebody took.
    pub fn in_words(&self) -> String {
        let said = [("by user", &self.who), ("only", &self.action), ("from", &self.from), ("to", &self.to)];
        let said = said.iter().filter(|(_, value)| !value.trim().is_empty());
        let said: Vec<String> = said.map(|(what, value)| format!("{what} {}", short(value.trim()))).collect();
        if said.is_empty() { "every entry".to_owned() } else { said.join(", ") }
    }

    /// The address of these entries, from the one before `before` on.
    fn address(&self, path: &str, before: Option<AuditEntryId>) -> String {
        let asked = Self { before: before.map(|id| id.to_string()), ..self.clone() };
        match serde_urlencoded::to_string(&asked).unwrap_or_default() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    fn shown(self) -> AuditFilter {
        AuditFilter { who: self.who.trim().parse().ok(), action: self.action, from: self.from, to: self.to }
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
