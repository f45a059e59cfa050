//! Saved replies: the list, the editor, and how one comes out for a client.

mod editor;
mod index;
mod preview;
mod update;

pub use editor::clients;
pub use preview::size;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/templates").route(get().to(index::index)).route(post().to(update::create)))
        .service(resource("/settings/templates/new").route(get().to(update::new)))
        .service(resource("/settings/templates/preview").route(post().to(preview::create)))
        .service(resource("/settings/templates/{id}").route(get().to(update::show)).route(post().to(update::update)))
        .service(resource("/settings/templates/{id}/removal").route(post().to(update::remove)));
}
