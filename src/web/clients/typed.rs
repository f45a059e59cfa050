//! From what was typed to what a record is to say. Fields that are not there leave it as it is.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;

use super::appointment;
use crate::domain::{OutsideAddress, PhoneKind, PhoneNumber, PositionId, UserId};
use crate::services::{ClientDetails, Done, Error};
use crate::store::client_phones::ClientPhone;
use crate::store::clients::Fields;

/// Where phones are from when they are written without a country.
pub const REGION: &str = "US";
/// How many phones the form takes.
pub const SLOTS: usize = 10;

/// The fields of a form by name; only names that are asked for are ever read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// `position_7=3`: the ids of both; an empty user is nobody.
    pub fn positions(&self) -> impl Iterator<Item = (PositionId, &str)> {
        self.0.iter().filter_map(|(name, user)| Some((name.strip_prefix("position_")?.parse().ok()?, user.trim())))
    }
}

pub fn details(typed: &Typed, before: &ClientDetails, company_zone: Tz) -> Done<ClientDetails> {
    let old = &before.fields;
    let text = |name, old: &String| typed.get(name).map_or_else(|| old.clone(), str::to_owned);
    let time_zone = match typed.get("time_zone") {
        Some(zone) => Some(zone.trim().to_owned()).filter(|zone| !zone.is_empty()),
        None => old.time_zone.clone(),
    };
    let zone = zone_of(time_zone.as_deref(), company_zone);
    let fields = Fields {
        first_name: text("first_name", &old.first_name),
        last_name: text("last_name", &old.last_name),
        company: text("company", &old.company),
        email: text("email", &old.email),
        address: text("address", &old.address),
        lead_status_id: match typed.get("lead_status_id") {
            Some(_) => typed.number("lead_status_id").unwrap_or(0),
            None => old.lead_status_id,
        },
        lead_source: text("lead_source", &old.lead_source),
        appointment_at: match typed.get("appointment_at") {
            Some(written) => appointment::read(written, zone, old.appointment_at)?,
            None => old.appointment_at,
        },
        notes: text("notes", &old.notes),
        time_zone,
    };
    Ok(ClientDetails { fields, phones: phones(typed, &before.phones)?, holders: holders(typed, &before.holders)? })
}

/// The record's zone, else the company's.
pub fn zone_of(record: Option<&str>, company: Tz) -> Tz {
    record.and_then(|zone| zone.parse().ok()).unwrap_or(company)
}

/// As people write it, as long as that is read as the same phone again.
pub fn written(phone: &str) -> String {
    let shown = OutsideAddress::from_gateway(phone).display();
    let again = PhoneNumber::parse(&shown, REGION);
    if again.is_ok_and(|again| again.as_str() == phone) { shown } else { phone.to_owned() }
}

/// `phone_1` is the first phone of the record, and so on; an empty one goes.
fn phones(typed: &Typed, before: &[ClientPhone]) -> Done<Vec<ClientPhone>> {
    let chosen = typed.number("texting");
    let mut phones = Vec::new();
    for slot in 1..=SLOTS {
        let old = before.get(slot - 1);
        let phone = match (typed.get(&format!("phone_{slot}")).map(str::trim), old) {
            (Some(""), _) | (None, None) => continue,
            (Some(typed), _) => read_phone(typed, before, slot)?,
            (None, Some(old)) => old.phone.clone(),
        };
        let kind = match typed.get(&format!("phone_kind_{slot}")) {
            Some(kind) => kind.parse().map_err(|_| Error::Invalid(format!("Phone {slot}: choose what kind it is.")))?,
            None => old.map_or(PhoneKind::Mobile, |old| old.kind),
        };
        let texting = match chosen {
            Some(chosen) => usize::try_from(chosen) == Ok(slot),
            None => old.is_some_and(|old| old.texting),
        };
        phones.push(ClientPhone { kind, phone, texting });
    }
    Ok(phones)
}

/// A phone that the record has already stays what it is.
fn read_phone(typed: &str, before: &[ClientPhone], slot: usize) -> Done<String> {
    if let Some(known) = before.iter().find(|known| known.phone == typed || written(&known.phone) == typed) {
        return Ok(known.phone.clone());
    }
    let phone = PhoneNumber::parse(typed, REGION).map_err(|why| Error::Invalid(format!("Phone {slot}: {why}")))?;
    Ok(phone.as_str().to_owned())
}

fn holders(typed: &Typed, before: &BTreeMap<PositionId, UserId>) -> Done<BTreeMap<PositionId, UserId>> {
    let mut holders = before.clone();
    for (position, user) in typed.positions() {
        if user.is_empty() {
            holders.remove(&position);
        } else {
            let user = user.parse().map_err(|_| Error::Invalid("Choose who holds the position.".to_owned()))?;
            holders.insert(position, user);
        }
    }
    Ok(holders)
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Denver;

    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed(fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }

    fn phone(phone: &str, texting: bool) -> ClientPhone {
        ClientPhone { kind: PhoneKind::Home, phone: phone.to_owned(), texting }
    }

    fn before() -> ClientDetails {
        ClientDetails {
            fields: Fields { first_name: "Ann".into(), notes: "Old".into(), lead_status_id: 3, ..Fields::default() },
            phones: vec![phone("+13035550101", true), phone("+15555550147", false)],
            holders: BTreeMap::from([(1, 7)]),
        }
    }

    #[test]
    fn what_was_not_sent_stays_as_it_is_and_no_other_name_is_read() {
        let same = details(&typed(&[("id", "9"), ("created_at", "now"), ("opted_out", "t")]), &before(), Denver);
        assert_eq!(same.unwrap(), before());
        let one = details(&typed(&[("notes", "New")]), &before(), Denver).unwrap();
        assert_eq!((one.fields.notes.as_str(), one.fields.first_name.as_str()), ("New", "Ann"));
        assert_eq!((one.phones, one.holders), (before().phones, before().holders));
    }

    #[test]
    fn phones_are_read_by_their_place_and_one_is_named_when_it_is_none() {
        let read = |fields: &[(&str, &str)]| details(&typed(fields), &before(), Denver);
        let changed = read(&[("phone_1", "(303) 555-0199"), ("phone_kind_1", "office")]).unwrap().phones;
        assert_eq!((changed[0].phone.as_str(), changed[0].kind), ("+13035550199", PhoneKind::Office));
        assert_eq!(changed[1], before().phones[1]);
        let gone = read(&[("phone_1", " ")]).unwrap().phones;
        assert_eq!(gone, [before().phones[1].clone()]);
        let other = read(&[("phone_3", "+442079460018"), ("texting", "3")]).unwrap().phones;
        assert_eq!(other.iter().map(|phone| phone.texting).collect::<Vec<_>>(), [false, false, true]);
        let why = read(&[("phone_2", "12")]).unwrap_err().to_string();
        assert!(why.starts_with("Phone 2: "), "{why}");
        assert!(read(&[("phone_kind_1", "fax")]).is_err());
    }

    #[test]
    fn a_phone_that_is_shown_again_is_the_same_phone() {
        assert_eq!(written("+13035550101"), "(303) 555-0101");
        // Its short form would be refused
        assert_eq!(written("+15555550147"), "+15555550147");
        let shown = [("phone_1", "(303) 555-0101"), ("phone_2", "+15555550147")];
        assert_eq!(details(&typed(&shown), &before(), Denver).unwrap(), before());
    }

    #[test]
    fn an_empty_position_is_nobodys_and_nonsense_is_refused() {
        let held = |fields: &[(&str, &str)]| details(&typed(fields), &before(), Denver).map(|details| details.holders);
        assert_eq!(held(&[("position_1", ""), ("position_2", "8")]).unwrap(), BTreeMap::from([(2, 8)]));
        assert_eq!(held(&[("position_x", "8")]).unwrap(), before().holders);
        assert!(held(&[("position_2", "me")]).is_err());
    }
}
