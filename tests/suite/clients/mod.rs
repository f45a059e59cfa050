//! `/clients` and what hangs below it.

mod editing;
mod entering;
mod journey;
mod list;
mod permissions;
mod plans;
mod record;

use crewline::domain::{ClientId, PositionId};

use crate::support::app::{Answered, TestApp};

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
