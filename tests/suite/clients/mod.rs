//! `/clients` and what hangs below it.

mod blocking;
mod consent;
mod editing;
mod entering;
mod journey;
mod linking;
mod list;
mod permissions;
mod plans;
mod record;
mod second_door;
mod sms_tab;
mod texting;

use crewline::domain::{ClientId, ConversationId, PositionId};

use crate::support::app::{Answered, TestApp};

/// A conversation in a record.
fn thread(client: ClientId, conversation: ConversationId) -> String {
    format!("/clients/{client}/sms/{conversation}")
}

/// The tab SMS of a record.
fn tab(client: ClientId) -> String {
    format!("/clients/{client}/sms")
}

fn address(id: ClientId) -> String {
    format!("/clients/{id}")
}

/// The clients of a list, in its order.
fn rows(page: &Answered) -> Vec<ClientId> {
    let links = page.attributes("[aria-label=Clients] ol li a[href^='/clients/']", "href");
    links.iter().filter_map(|link| link.strip_prefix("/clients/")?.parse().ok()).collect()
}

/// The position with this place in the list, from 0.
fn position(app: &TestApp, place: i64) -> PositionId {
    app.number_in(&format!("positions where ordinal = {place}"), "id")
}

/// The lead status with this name.
fn status(app: &TestApp, name: &str) -> String {
    app.number_in(&format!("lead_statuses where name = '{name}'"), "id").to_string()
}

/// What happened to a record, newest first, as a person reads it.
fn activity(page: &Answered) -> Vec<String> {
    page.texts("[aria-labelledby=activity-title] li div")
}
