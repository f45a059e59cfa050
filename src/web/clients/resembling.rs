use crate::assignment_policy::may_read_client;
use crate::domain::{ClientId, fold};
use crate::services::ClientDetails;
use crate::services::facts::staff_member;
use crate::store::client_list::{self, Likeness};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones, clients};
use crate::web::view::clients::Resembling;

use super::record::facts;
use super::typed::Typed;

/// How many are looked at; what is out of scope is not shown.
const MOST: i64 = 20;

/// What of a record is new: by that it may be somebody who is here already.
pub fn likeness(before: &ClientDetails, after: &ClientDetails) -> Likeness {
    let had = |phone: &str| before.phones.iter().any(|one| one.phone == phone);
    let (old, new) = (&before.fields, &after.fields);
    let changed = |old: &str, new: &str| if fold(old) == fold(new) { String::new() } else { new.trim().to_owned() };
    Likeness {
        phones: after.phones.iter().map(|one| one.phone.clone()).filter(|phone| !had(phone)).collect(),
        email: changed(&old.email, &new.email),
        name: changed(&old.name(), &new.name()),
    }
}

/// The other clients who are like that, of those whom this person may read.
pub fn resembling(
    connection: &mut DbConnection,
    me: &User,
    wanted: &Likeness,
    this: Option<ClientId>,
) -> Stored<Vec<Resembling>> {
    let mut ids = client_list::resembling(connection, wanted, MOST)?;
    ids.retain(|id| Some(*id) != this);
    let person = staff_member(me);
    let phones = client_phones::of_clients(connection, &ids)?;
    let known = clients::load(connection, &ids)?;
    let same = |wanted: &str, theirs: &str| !wanted.is_empty() && fold(wanted) == fold(theirs);
    let readable = known.iter().filter(|client| may_read_client(&person, &facts(client)));
    Ok(readable
        .map(|client| {
            let has_phone = phones.iter().any(|(of, one)| *of == client.id && wanted.phones.contains(&one.phone));
            let reasons = [
                (has_phone, "phone"),
                (same(&wanted.email, &client.fields.email), "e-mail"),
                (same(&wanted.name, &client.name()), "name"),
            ];
            let reasons: Vec<&str> = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word).collect();
            Resembling { id: client.id, name: client.name(), why: format!("same {}", reasons.join(" and ")) }
        })
        .collect())
}

/// The same for what was typed into a form that asks (`check=yes`), as far as it was not shown yet. What cannot be kept
/// is like nobody: that it is refused comes first.
pub fn not_shown(
    connection: &mut DbConnection,
    me: &User,
    typed: &Typed,
    this: Option<ClientId>,
    before: &ClientDetails,
    after: &ClientDetails,
) -> Stored<Vec<Resembling>> {
    if !asks(typed) || after.checked(connection, &before.holders).is_err() {
        return Ok(Vec::new());
    }
    let shown: Vec<ClientId> = shown(typed).collect();
    let found = resembling(connection, me, &likeness(before, after), this)?;
    Ok(if found.iter().all(|one| shown.contains(&one.id)) { Vec::new() } else { found })
}

/// The form wants to be told; a script that posts does not.
pub fn asks(typed: &Typed) -> bool {
    typed.get("check") == Some("yes")
}

/// The ids of all who were shown so far: the next time they are not in the way.
pub fn ids_shown(typed: &Typed, now: &[Resembling]) -> String {
    let mut ids: Vec<ClientId> = shown(typed).chain(now.iter().map(|one| one.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn shown(typed: &Typed) -> impl Iterator<Item = ClientId> {
    typed.get("shown").unwrap_or_default().split(',').filter_map(|id| id.trim().parse().ok())
}
