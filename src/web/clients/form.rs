//! The form of a record, as its page shows it: what is stored, under what was typed.

use crate::domain::{PhoneKind, UserId};
use crate::services::ClientDetails;
use crate::store::{DbConnection, Stored, lead_statuses};
use crate::web::site::zone;
use crate::web::view::clients::{ClientForm, PhoneField};

use super::appointment;
use super::positions::choices;
use super::typed::{SLOTS, Typed, written, zone_of};

/// Where there is room for more phones than the record has.
const SPARE_PHONES: usize = 4;

pub fn form(connection: &mut DbConnection, stored: &ClientDetails, typed: &Typed) -> Stored<ClientForm> {
    let company_zone = zone(connection)?;
    let fields = &stored.fields;
    let text = |name, stored: &String| typed.get(name).map_or_else(|| stored.clone(), str::to_owned);
    let statuses = lead_statuses::all(connection)?;
    let zone = zone_of(fields.time_zone.as_deref(), company_zone);
    Ok(ClientForm {
        first_name: text("first_name", &fields.first_name),
        last_name: text("last_name", &fields.last_name),
        company: text("company", &fields.company),
        email: text("email", &fields.email),
        address: text("address", &fields.address),
        time_zone: text("time_zone", &fields.time_zone.clone().unwrap_or_default()),
        company_zone: company_zone.name().to_owned(),
        lead_status_id: typed.number("lead_status_id").unwrap_or(fields.lead_status_id),
        statuses: statuses.into_iter().map(|status| (status.id, status.name)).collect(),
        lead_source: text("lead_source", &fields.lead_source),
        appointment_at: text("appointment_at", &appointment::written(fields.appointment_at, zone)),
        notes: text("notes", &fields.notes),
        phones: phones(stored, typed),
        positions: {
            let typed: Vec<(i64, Option<UserId>)> =
                typed.positions().map(|(position, user)| (position, user.parse().ok())).collect();
            choices(connection, |position| {
                let typed = typed.iter().find(|(id, _)| *id == position);
                typed.map_or_else(|| stored.holders.get(&position).copied(), |(_, user)| *user)
            })?
        },
    })
}

fn phones(stored: &ClientDetails, typed: &Typed) -> Vec<PhoneField> {
    let chosen = typed.number("texting").and_then(|slot| usize::try_from(slot).ok());
    let mut phones: Vec<PhoneField> = (1..=SLOTS)
        .map(|slot| {
            let known = stored.phones.get(slot - 1);
            let number = typed.get(&format!("phone_{slot}"));
            let kind = typed.get(&format!("phone_kind_{slot}")).and_then(|kind| kind.parse().ok());
            PhoneField {
                slot,
                number: number.map_or_else(|| known.map_or_else(String::new, |one| written(&one.phone)), str::to_owned),
                kind: kind.or(known.map(|one| one.kind)).unwrap_or(PhoneKind::Mobile),
                texting: chosen.map_or_else(|| known.is_some_and(|one| one.texting), |chosen| chosen == slot),
            }
        })
        .collect();
    let used = phones.iter().rposition(|phone| !phone.number.trim().is_empty()).map_or(0, |last| last + 1);
    phones.truncate((used + SPARE_PHONES).min(SLOTS));
    if !phones.iter().any(|phone| phone.texting)
        && let Some(first) = phones.first_mut()
    {
        first.texting = true;
    }
    phones
}
