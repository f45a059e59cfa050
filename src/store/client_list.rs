//! One page of the list of clients, and who resembles somebody new. Every page is one index range, however many there are.

use diesel::prelude::*;

use super::client_positions::HeldPosition;
use super::clients::{Fields, fields, full_name};
use super::conversation_list::terms;
use super::dialect;
use super::schema::{client_phones, client_positions, clients, lead_statuses};
use super::{DbConnection, Stored, client_phones as phones, client_positions as positions};
use crate::domain::{ClientId, LeadStatusId, UserId, fold};

/// Which clients, and from where on.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only records on which this user holds a position: what they may see, or what they call theirs.
    pub held_by: Option<UserId>,
    /// Of these, only those on which somebody else holds one.
    pub holder: Option<UserId>,
    pub lead_status: Option<LeadStatusId>,
    pub opted_out: bool,
    pub search: String,
    /// Older ones than this.
    pub before: Option<ClientId>,
    pub limit: i64,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: ClientId,
    pub name: String,
    pub company: String,
    pub lead_status: String,
    /// A word of the style sheet.
    pub status_colour: String,
    /// The one that texts go to.
    pub phone: Option<String>,
    /// One of their phones has opted out.
    pub opted_out: bool,
    /// In the order of the positions; one person may hold several.
    pub positions: Vec<HeldPosition>,
}

/// Newest first.
pub fn page(connection: &mut DbConnection, query: &Query) -> Stored<Vec<Row>> {
    let ids = ids(connection, query)?;
    rows(connection, &ids)
}

/// The same records by their ids alone.
pub(super) fn ids(connection: &mut DbConnection, query: &Query) -> Stored<Vec<ClientId>> {
    let terms = terms(&query.search);
    if terms.is_empty() && !query.search.trim().is_empty() {
        return Ok(Vec::new());
    }
    if !terms.is_empty() {
        return dialect::search_clients(connection, &terms, query);
    }
    match query.held_by.or(query.holder) {
        Some(user) => held_ids(connection, user, query),
        None => all_ids(connection, query),
    }
}

fn all_ids(connection: &mut DbConnection, query: &Query) -> Stored<Vec<ClientId>> {
    let mut select = clients::table.select(clients::id).into_boxed();
    if let Some(status) = query.lead_status {
        select = select.filter(clients::lead_status_id.eq(status));
    }
    if query.opted_out {
        select = select.filter(clients::opted_out.eq(true));
    }
    if let Some(before) = query.before {
        select = select.filter(clients::id.lt(before));
    }
    Ok(select.order(clients::id.desc()).limit(query.limit).load(connection)?)
}

/// One range of what this user holds. Who holds two positions on a record meets it once.
fn held_ids(connection: &mut DbConnection, user: UserId, query: &Query) -> Stored<Vec<ClientId>> {
    let mut select = client_positions::table
        .filter(client_positions::user_id.eq(user))
        .select(client_positions::client_id)
        .distinct()
        .into_boxed();
    let this = clients::table.filter(clients::id.eq(client_positions::client_id));
    if let Some(status) = query.lead_status {
        select = select.filter(diesel::dsl::exists(this.filter(clients::lead_status_id.eq(status))));
    }
    if query.opted_out {
        select = select.filter(diesel::dsl::exists(this.filter(clients::opted_out.eq(true))));
    }
    if let Some(other) = query.holder.filter(|other| *other != user) {
        let theirs = diesel::alias!(client_positions as theirs);
        let held = theirs
            .filter(theirs.field(client_positions::client_id).eq(client_positions::client_id))
            .filter(theirs.field(client_positions::user_id).eq(other));
        select = select.filter(diesel::dsl::exists(held));
    }
    if let Some(before) = query.before {
        select = select.filter(client_positions::client_id.lt(before));
    }
    Ok(select.order(client_positions::client_id.desc()).limit(query.limit).load(connection)?)
}

type Columns = (ClientId, String, String, String, bool, String, String);

fn rows(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<Row>> {
    let found: Vec<Columns> = clients::table
        .inner_join(lead_statuses::table)
        .filter(clients::id.eq_any(ids))
        .order(clients::id.desc())
        .select((
            clients::id,
            clients::first_name,
            clients::last_name,
            clients::company,
            clients::opted_out,
            lead_statuses::name,
            lead_statuses::colour,
        ))
        .load(connection)?;
    let phones = phones::of_clients(connection, ids)?;
    let held = positions::of_clients(connection, ids)?;
    Ok(found
        .into_iter()
        .map(|(id, first, last, company, opted_out, lead_status, status_colour)| Row {
            id,
            name: full_name(&first, &last, &company),
            company,
            lead_status,
            status_colour,
            // The one for texting comes first
            phone: phones.iter().find(|(of, _)| *of == id).map(|(_, phone)| phone.phone.clone()),
            opted_out,
            positions: held.iter().filter(|(of, _)| *of == id).map(|(_, held)| held.clone()).collect(),
        })
        .collect())
}

/// Of those in whose words an e-mail address or a name is found.
const LOOKED_AT: i64 = 1_000;

/// By what somebody may be known already. What is empty is not looked for.
#[derive(Debug, Clone, Default)]
pub struct Likeness {
    pub phones: Vec<String>,
    pub email: String,
    /// In full, as [`Fields::name`] says it.
    pub name: String,
}

/// Records with one of the phones, the e-mail address or the name, the newest first; so many and no more.
pub fn resembling(connection: &mut DbConnection, wanted: &Likeness, limit: i64) -> Stored<Vec<ClientId>> {
    let mut ids: Vec<ClientId> = client_phones::table
        .filter(client_phones::phone.eq_any(&wanted.phones))
        .order(client_phones::client_id.desc())
        .limit(limit)
        .select(client_phones::client_id)
        .load(connection)?;
    ids.extend(saying(connection, &wanted.email, |fields| fields.email.clone())?);
    ids.extend(saying(connection, &wanted.name, Fields::name)?);
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    ids.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(ids)
}

/// Those that say exactly this there, but for case and accents.
fn saying(connection: &mut DbConnection, wanted: &str, said: impl Fn(&Fields) -> String) -> Stored<Vec<ClientId>> {
    let words = super::conversations::words(wanted);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let found = dialect::search_clients(connection, &words, &Query { limit: LOOKED_AT, ..Query::default() })?;
    let written = fields(connection, &found)?;
    Ok(written.into_iter().filter(|(_, fields)| fold(&said(fields)) == fold(wanted)).map(|(id, _)| id).collect())
}
