use actix_web::web::Data;
use serde::Deserialize;

use crate::assignment_policy::{ClientRecord, may_create_client, may_import_clients};
use crate::domain::{ClientScope, OutsideAddress, initials};
use crate::services::facts::staff_member;
use crate::store::client_list::{self, Row};
use crate::store::users::{self, User};
use crate::store::{DbConnection, lead_statuses};
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::clients::{ClientRow, ClientsPage, ClientsQuery};
use crate::web::view::{Face, Section};

const ROWS: usize = 50;

/// What the address asks for; what it does not understand it does not ask for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    status: String,
    holder: String,
    filter: String,
    before: String,
}

/// `GET /clients`: only records that this person may read, whatever the address says.
pub async fn index(site: Data<Site>, me: ClientReader, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, &asked)).await?))
}

impl Asked {
    pub fn query(&self) -> ClientsQuery {
        ClientsQuery {
            q: self.q.trim().chars().take(100).collect(),
            status: self.status.parse().ok(),
            holder: self.holder.parse().ok(),
            mine: self.filter == "mine",
            opted_out: self.filter == "opted_out",
            before: self.before.parse().ok(),
        }
    }
}

/// What of it this person may see.
pub fn within_scope(query: &ClientsQuery, me: &User, limit: i64) -> client_list::Query {
    let sees_all = me.may.client_scope == ClientScope::All;
    client_list::Query {
        held_by: (query.mine || !sees_all).then_some(me.id),
        holder: query.holder,
        lead_status: query.status,
        opted_out: query.opted_out,
        search: query.q.clone(),
        before: query.before,
        limit,
    }
}

fn page(site: &Site, connection: &mut DbConnection, me: &User, asked: &Asked) -> Result<ClientsPage, Error> {
    let query = asked.query();
    let mut found = client_list::page(connection, &within_scope(&query, me, ROWS as i64 + 1))?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found.last().filter(|_| more).map(|row| query.href_before(row.id));
    let statuses = lead_statuses::all(connection)?;
    let person = staff_member(me);
    Ok(ClientsPage {
        shell: site.shell(connection, me, Section::Clients)?,
        rows: found.into_iter().map(row).collect(),
        next,
        query,
        statuses: statuses.into_iter().map(|status| (status.id, status.name)).collect(),
        people: users::all(connection)?.iter().map(|user| (user.id, label(user))).collect(),
        sees_all: me.may.client_scope == ClientScope::All,
        may_create: may_create_client(&person, &ClientRecord { id: 0, holders: vec![me.id] }),
        may_import: may_import_clients(&person),
    })
}

/// A person in a list of choices.
pub fn label(user: &User) -> String {
    if user.active { user.name.clone() } else { format!("{} (deactivated)", user.name) }
}

fn row(row: Row) -> ClientRow {
    let mut holders: Vec<Face> = Vec::new();
    for held in &row.positions {
        if !holders.iter().any(|face| face.id == held.user_id) {
            holders.push(Face::new(held.user_id, &held.user));
        }
    }
    let words: Vec<String> = row.positions.iter().map(|held| format!("{}: {}", held.position, held.user)).collect();
    ClientRow {
        id: row.id,
        initials: initials(&row.name),
        hue: u8::try_from(row.id.rem_euclid(8)).unwrap_or_default(),
        company: Some(row.company).filter(|company| !company.is_empty() && *company != row.name),
        name: row.name,
        status: row.lead_status,
        status_colour: row.status_colour,
        phone: row.phone.map(|phone| OutsideAddress::from_gateway(&phone).display()),
        opted_out: row.opted_out,
        holders,
        holders_in_words: words.join(", "),
    }
}
