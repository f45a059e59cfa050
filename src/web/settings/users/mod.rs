//! Who works here, and what an admin decides about them.
//!
//! Must not know: who may decide about whom; the use cases say so.

mod holdings;
mod index;
mod password_reset;
mod preview;
mod show;
mod update;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/users").route(get().to(index::index)))
        .service(resource("/settings/users/{id}").route(get().to(show::show)).route(post().to(update::update)))
        .service(resource("/settings/users/{id}/password-reset").route(post().to(password_reset::create)));
}
