use crate::assignment_policy::may_read_client;
use crate::domain::{PhoneNumber, fold};
use crate::services::facts::staff_member;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_list, clients};
use crate::web::view::clients::Resembling;

use super::record::facts;
use super::typed::{REGION, SLOTS, Typed};

/// How many are looked at; what is out of scope is not shown.
const MOST: i64 = 20;

/// Clients with one of the phones or the e-mail address that were typed, of those whom this person may read.
pub fn resembling(connection: &mut DbConnection, me: &User, typed: &Typed) -> Stored<Vec<Resembling>> {
    let phones: Vec<String> = (1..=SLOTS)
        .filter_map(|slot| PhoneNumber::parse(typed.get(&format!("phone_{slot}"))?, REGION).ok())
        .map(|phone| phone.as_str().to_owned())
        .collect();
    let email = typed.get("email").unwrap_or_default();
    let ids = client_list::resembling(connection, &phones, email, MOST)?;
    let person = staff_member(me);
    let known = clients::load(connection, &ids)?;
    let readable = known.iter().filter(|client| may_read_client(&person, &facts(client)));
    Ok(readable
        .map(|client| Resembling {
            id: client.id,
            name: client.name(),
            why: if !email.trim().is_empty() && fold(&client.fields.email) == fold(email) {
                "same e-mail"
            } else {
                "same phone"
            },
        })
        .collect())
}
