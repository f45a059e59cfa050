//! The page on which one says whose conversation it is.

use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::linking::linking;
use crate::assignment_policy::{ClientRecord, may_link_client, may_read_client, sees_on_dashboard};
use crate::domain::{ClientId, ClientScope, ConversationId, OutsideAddress, initials};
use crate::services::facts::{self, Known, staff_member};
use crate::store::client_finder::{self, Query};
use crate::store::client_phones::ClientPhone;
use crate::store::clients::{self, Client};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones};
use crate::web::error::Error;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::conversations::{FoundClient, LinkPage, LinkedClient};

const FOUND: usize = 20;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub q: String,
    pub before: Option<String>,
}

/// For who sees the conversation on the dashboard and may change some record; only records they may change are offered.
pub fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: ConversationId,
    asked: Asked,
    error: Option<String>,
) -> Result<LinkPage, Error> {
    let known = facts::conversation(connection, id)?.ok_or(Error::NotFound)?;
    if !sees_on_dashboard(&staff_member(me), &known.facts) {
        return Err(Error::NotFound);
    }
    let may = linking(me, &known);
    if !may.may_link {
        return Err(Error::Forbidden("Your role may not change client records.".to_owned()));
    }
    let q: String = asked.q.trim().chars().take(100).collect();
    let before = asked.before.as_deref().and_then(|before| before.parse().ok());
    let (ids, more) = found(connection, me, &known, &q, before)?;
    let next = ids.last().filter(|_| more).map(|last| next(id, &q, *last));
    let address = OutsideAddress::from_gateway(&known.row.phone);
    Ok(LinkPage {
        shell: site.shell(connection, me, Section::Conversations)?,
        id,
        phone: address.display(),
        has_phone: matches!(address, OutsideAddress::Phone(_)),
        others: known.facts.clients.iter().any(|client| !may_read_client(&staff_member(me), client)),
        linked: linked(connection, me, &known)?,
        new_client: may.new_client,
        found: described(connection, &ids)?.into_iter().map(|(found, _)| found).collect(),
        q,
        next,
        error,
    })
}

/// What may be linked and is not yet: what the search finds, or at first other records with this phone.
fn found(
    connection: &mut DbConnection,
    me: &User,
    known: &Known,
    q: &str,
    before: Option<ClientId>,
) -> Stored<(Vec<ClientId>, bool)> {
    let mut ids: Vec<ClientId> = if q.is_empty() {
        clients::with_phone(connection, &known.row.phone)?.into_iter().map(|(id, _)| id).rev().collect()
    } else {
        let held_by = (me.may.client_scope != ClientScope::All).then_some(me.id);
        let limit = FOUND + known.facts.clients.len() + 1;
        client_finder::find(connection, &Query { search: q, held_by, before, limit })?
    };
    ids.retain(|id| !known.facts.clients.iter().any(|linked| linked.id == *id));
    let person = staff_member(me);
    let allowed: Vec<ClientId> = clients::load(connection, &ids)?
        .iter()
        .filter(|client| may_link_client(&person, &known.facts, &record(client)))
        .map(|client| client.id)
        .collect();
    ids.retain(|id| allowed.contains(id));
    let more = ids.len() > FOUND;
    ids.truncate(FOUND);
    Ok((ids, more))
}

fn linked(connection: &mut DbConnection, me: &User, known: &Known) -> Stored<Vec<LinkedClient>> {
    let person = staff_member(me);
    let readable: Vec<&ClientRecord> =
        known.facts.clients.iter().filter(|client| may_read_client(&person, client)).collect();
    let ids: Vec<ClientId> = readable.iter().map(|client| client.id).collect();
    let described = described(connection, &ids)?;
    Ok(described
        .into_iter()
        .map(|(client, phones)| LinkedClient {
            may_unlink: readable
                .iter()
                .any(|record| record.id == client.id && may_link_client(&person, &known.facts, record)),
            has_phone: phones.iter().any(|phone| phone.phone == known.row.phone),
            client,
        })
        .collect())
}

/// In the order of the ids.
fn described(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Vec<(FoundClient, Vec<ClientPhone>)>> {
    let clients = clients::load(connection, ids)?;
    let all_phones = client_phones::of_clients(connection, ids)?;
    let of = |id: &ClientId| clients.iter().find(|client| client.id == *id);
    Ok(ids
        .iter()
        .filter_map(of)
        .map(|client| {
            let phones: Vec<ClientPhone> =
                all_phones.iter().filter(|(of, _)| *of == client.id).map(|(_, phone)| phone.clone()).collect();
            (describe(client, &phones), phones)
        })
        .collect())
}

fn describe(client: &Client, phones: &[ClientPhone]) -> FoundClient {
    let name = client.name();
    let phones: Vec<String> = phones.iter().map(|phone| OutsideAddress::from_gateway(&phone.phone).display()).collect();
    let company = Some(client.fields.company.clone()).filter(|company| *company != name);
    let about = [company.unwrap_or_default(), phones.join(", "), client.fields.address.clone()];
    FoundClient {
        id: client.id,
        initials: initials(&name),
        hue: u8::try_from(client.id.rem_euclid(8)).unwrap_or_default(),
        name,
        status: client.lead_status.clone(),
        about: about.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · "),
    }
}

fn record(client: &Client) -> ClientRecord {
    ClientRecord { id: client.id, holders: client.positions.iter().map(|held| held.user_id).collect() }
}

fn next(id: ConversationId, q: &str, last: ClientId) -> String {
    let query = Serializer::new(String::new()).append_pair("q", q).append_pair("before", &last.to_string()).finish();
    format!("/conversations/{id}/clients?{query}")
}
