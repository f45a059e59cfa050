//! Whom a new text goes to: a phone, or a client by name.

use crate::assignment_policy::{ClientRecord, may_read_client, sees_clients};
use crate::domain::{ClientId, ClientScope, OutsideAddress, PhoneNumber, fold};
use crate::services::facts::staff_member;
use crate::store::client_finder::{self, Query};
use crate::store::clients::{self, Client};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones};
use crate::web::view::conversations::Addressee;

/// Where phones are from when they are written without a country.
const REGION: &str = "US";
const CHOICES: usize = 10;

/// The phone, or why not; who may be meant is offered on the page.
pub fn phone_of(
    connection: &mut DbConnection,
    me: &User,
    to: &str,
    chosen: Option<ClientId>,
) -> Stored<Result<PhoneNumber, String>> {
    let why = match PhoneNumber::parse(to, REGION) {
        Ok(phone) => return Ok(Ok(phone)),
        Err(why) => why.to_string(),
    };
    let candidates = candidates(connection, me, to, chosen)?;
    let meant: Vec<&Addressee> = match chosen {
        Some(_) => candidates.iter().filter(|one| one.is_chosen).collect(),
        None => candidates.iter().filter(|one| fold(one.name.trim()) == fold(to.trim())).collect(),
    };
    if let [one] = meant.as_slice() {
        return Ok(PhoneNumber::parse(&one.phone, REGION).map_err(|why| why.to_string()));
    }
    Ok(Err(if candidates.is_empty() {
        if is_a_name(to) { "No client of that name has a phone. Enter the phone.".to_owned() } else { why }
    } else {
        "Choose whom you mean.".to_owned()
    }))
}

/// Clients of this name that this person may open, with the phone that texts go to.
pub fn candidates(
    connection: &mut DbConnection,
    me: &User,
    to: &str,
    chosen: Option<ClientId>,
) -> Stored<Vec<Addressee>> {
    let person = staff_member(me);
    if !sees_clients(&person) || !is_a_name(to) {
        return Ok(Vec::new());
    }
    let held_by = (me.may.client_scope != ClientScope::All).then_some(me.id);
    let ids = client_finder::find(connection, &Query { search: to, held_by, before: None, limit: CHOICES })?;
    let phones = client_phones::of_clients(connection, &ids)?;
    let found = clients::load(connection, &ids)?;
    let readable = found.iter().filter(|client| may_read_client(&person, &record(client)));
    let addressed = readable.filter_map(|client| {
        let (_, texting) = phones.iter().find(|(of, _)| *of == client.id)?;
        Some(Addressee {
            is_chosen: chosen == Some(client.id),
            id: client.id,
            name: client.name(),
            phone: texting.phone.clone(),
            shown: OutsideAddress::from_gateway(&texting.phone).display(),
        })
    });
    Ok(addressed.collect())
}

/// Whose record speaks for this phone: the chosen one, else the oldest that this person may open.
pub fn client_at(
    connection: &mut DbConnection,
    me: &User,
    phone: &str,
    chosen: Option<ClientId>,
) -> Stored<Option<ClientId>> {
    let ids: Vec<ClientId> = clients::with_phone(connection, phone)?.into_iter().map(|(id, _)| id).collect();
    let person = staff_member(me);
    let found = clients::load(connection, &ids)?;
    let readable: Vec<ClientId> =
        found.iter().filter(|client| may_read_client(&person, &record(client))).map(|client| client.id).collect();
    Ok(chosen.filter(|id| readable.contains(id)).or_else(|| readable.first().copied()))
}

fn is_a_name(to: &str) -> bool {
    to.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn record(client: &Client) -> ClientRecord {
    ClientRecord { id: client.id, holders: client.positions.iter().map(|held| held.user_id).collect() }
}
