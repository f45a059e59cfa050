//! What people set for themselves (devices, name, password, signed-in browsers), and what admins decide about people
//! and for everybody.
//!
//! Must not know: how a device is rung, what a change of the settings brings about.

mod audit;
mod audit_csv;
mod audit_words;
mod browser_name;
mod company;
mod consequences;
mod counts;
mod devices;
mod foreseeing;
mod invites;
mod lead_statuses;
mod numbers;
mod password;
mod positions;
mod profile;
mod roles;
mod signed_in_browsers;
pub mod templates;
mod users;

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get, post, resource};

use super::current_user::CurrentUser;
use super::page::see_other;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings").route(get().to(first)))
        .service(resource("/settings/devices").route(get().to(devices::index)))
        .service(resource("/settings/devices/{id}/removal").route(post().to(devices::remove)))
        .service(resource("/settings/profile").route(get().to(profile::show)).route(post().to(profile::update)))
        .service(resource("/settings/profile/password").route(post().to(password::update)))
        .service(resource("/settings/profile/sessions/removal").route(post().to(signed_in_browsers::remove_others)))
        .service(resource("/settings/profile/sessions/{id}/removal").route(post().to(signed_in_browsers::remove)))
        .configure(audit::routes)
        .configure(company::routes)
        .configure(invites::routes)
        .configure(lead_statuses::routes)
        .configure(numbers::routes)
        .configure(positions::routes)
        .configure(roles::routes)
        .configure(templates::routes)
        .configure(users::routes);
}

async fn first(_me: CurrentUser) -> HttpResponse {
    see_other("/settings/devices")
}
