//! Roles: the list, the editor, and what a change would do before it is saved.

mod editor;
mod form;
mod index;
mod preview;
mod removal;
mod update;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/roles").route(get().to(index::index)).route(post().to(index::create)))
        .service(resource("/settings/roles/{id}").route(get().to(update::show)).route(post().to(update::update)))
        .service(
            resource("/settings/roles/{id}/removal").route(get().to(removal::show)).route(post().to(removal::remove)),
        );
}
