//! The demo company: Summit Ridge Roofing, its people, clients and eight weeks of their texts.
//!
//! Threads are written down as scripts (`threads/`, strung together from `exchanges/`), planned in time and then replayed
//! into the store, so that assignments, unread marks and notifications are what the policy makes of them.
//! The same every time, relative to now. Must not know: gateways, devices; what it queues is not due before tomorrow.

mod assigning;
mod automations;
mod clients;
mod clock;
mod company;
mod consenting;
mod history;
mod people;
mod plan;
mod replay;
mod running;
mod script;
mod templates;
#[cfg(test)]
mod tests;
mod texting;
mod threads;
mod waiting;
mod wording;

use chrono::{DurationRound, NaiveDateTime, TimeDelta};

use crate::domain::GatewayKind;
use crate::store::{DbConnection, Stored, Writer, users};

pub use people::{DemoUser, USERS};

/// Fills an empty database, in one transaction. Everybody signs in with the same password; both numbers are on this gateway.
pub fn load_demo_company(
    tx: &mut Writer<'_>,
    password_hash: &str,
    gateway: GatewayKind,
    now: NaiveDateTime,
) -> Stored<()> {
    let now = now.duration_trunc(TimeDelta::seconds(1)).unwrap_or(now);
    let records = clients::records()?;
    let company = company::found(tx, password_hash, gateway, now)?;
    clients::enter(tx, &company, &records, now)?;
    templates::write(tx, &company, now)?;
    automations::set_up(tx, &company, now)?;
    replay::replay(tx, &company, plan::all(&records, now)?)?;
    waiting::schedule(tx, &company, now)
}

/// Whether this database holds the demo company: all its users are here.
pub fn is_demo(connection: &mut DbConnection) -> Stored<bool> {
    for user in USERS {
        if users::credentials(connection, user.email)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives every demo user this password.
pub fn set_passwords(tx: &mut Writer<'_>, password_hash: &str) -> Stored<()> {
    for user in USERS {
        if let Some((id, ..)) = users::credentials(tx, user.email)? {
            users::set_password(tx, id, password_hash)?;
        }
    }
    Ok(())
}
