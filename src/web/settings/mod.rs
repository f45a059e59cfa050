//! What people set for themselves, their devices and their name; and what admins set for everybody.
//!
//! Must not know: how a device is rung.

mod browser_name;
mod consequences;
mod counts;
mod devices;
mod foreseeing;
mod profile;
mod roles;

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get, post, resource};

use super::current_user::CurrentUser;
use super::page::see_other;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings").route(get().to(first)))
        .service(resource("/settings/devices").route(get().to(devices::index)))
        .service(resource("/settings/devices/{id}/removal").route(post().to(devices::remove)))
        .service(resource("/settings/profile").route(get().to(profile::show)).route(post().to(profile::update)))
        .configure(roles::routes);
}

async fn first(_me: CurrentUser) -> HttpResponse {
    see_other("/settings/devices")
}
