//! Files of clients: brought, given a meaning, looked at, run, undone. For whoever may import.

mod create;
mod importer;
mod index;
mod mapping;
mod preview;
mod problems;
mod removal;
mod runs;
mod show;
mod upload;

use actix_web::web::{ServiceConfig, get, post, resource};

/// Before `/clients/{id}`, which would take `imports` for an id.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients/imports").route(get().to(index::index)).route(post().to(create::create)))
        .service(resource("/clients/imports/{id}").route(get().to(show::show)))
        .service(
            resource("/clients/imports/{id}/mapping").route(get().to(mapping::show)).route(post().to(mapping::update)),
        )
        .service(resource("/clients/imports/{id}/problems.csv").route(get().to(problems::show)))
        .service(resource("/clients/imports/{id}/removal").route(post().to(removal::create)))
        .service(resource("/clients/imports/{id}/run").route(post().to(runs::run)))
        .service(resource("/clients/imports/{id}/undo").route(post().to(runs::undo)));
}

/// Where the person sees how it goes.
fn address(id: crate::domain::ImportId) -> String {
    format!("/clients/imports/{id}")
}
