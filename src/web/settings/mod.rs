//! What people set for themselves, and what admins set for everybody.
//!
//! Must not know: how a device is rung, what a change of the settings brings about.

mod audit;
mod audit_csv;
mod audit_words;
mod browser_name;
mod company;
mod devices;
mod lead_statuses;
mod numbers;
mod positions;
mod profile;

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get, post, resource};

use super::current_user::CurrentUser;
use super::page::see_other;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings").route(get().to(first)))
        .service(resource("/settings/audit").route(get().to(audit::index)))
        .service(resource("/settings/audit.csv").route(get().to(audit_csv::show)))
        .service(resource("/settings/company").route(get().to(company::show)).route(post().to(company::update)))
        .service(resource("/settings/devices").route(get().to(devices::index)))
        .service(resource("/settings/devices/{id}/removal").route(post().to(devices::remove)))
        .service(
            resource("/settings/lead-statuses")
                .route(get().to(lead_statuses::index))
                .route(post().to(lead_statuses::create)),
        )
        .service(resource("/settings/lead-statuses/{id}").route(post().to(lead_statuses::update)))
        .service(resource("/settings/lead-statuses/{id}/move").route(post().to(lead_statuses::shift)))
        .service(resource("/settings/lead-statuses/{id}/removal").route(post().to(lead_statuses::remove)))
        .service(resource("/settings/numbers").route(get().to(numbers::index)))
        .service(resource("/settings/numbers/{id}").route(post().to(numbers::update)))
        .service(resource("/settings/positions").route(get().to(positions::index)).route(post().to(positions::create)))
        .service(resource("/settings/positions/{id}").route(post().to(positions::update)))
        .service(resource("/settings/positions/{id}/move").route(post().to(positions::shift)))
        .service(resource("/settings/positions/{id}/removal").route(post().to(positions::remove)))
        .service(resource("/settings/profile").route(get().to(profile::show)).route(post().to(profile::update)));
}

async fn first(_me: CurrentUser) -> HttpResponse {
    see_other("/settings/devices")
}
