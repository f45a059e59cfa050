//! Client records: `/clients` and what hangs below it.

mod activity;
mod appointment;
mod edit;
mod form;
mod index;
mod lead_status;
mod new;
mod positions;
mod record;
mod removal;
mod resembling;
mod show;
mod typed;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients").route(get().to(index::index)).route(post().to(new::create)))
        .service(resource("/clients/new").route(get().to(new::new)))
        .service(resource("/clients/{id}").route(get().to(show::show)).route(post().to(edit::update)))
        .service(resource("/clients/{id}/edit").route(get().to(edit::edit)))
        .service(resource("/clients/{id}/lead-status").route(post().to(lead_status::update)))
        .service(resource("/clients/{id}/positions").route(post().to(positions::update)))
        .service(resource("/clients/{id}/removal").route(post().to(removal::create)));
}
