//! Automations: the list, the editor, trying one on a client, and the log.
//!
//! Must not know: when a run begins, what its next step does.

mod activation;
mod choices;
mod drafting;
mod dry_run;
mod editor;
mod index;
mod log;
mod log_words;
mod preview;
mod reading;
mod removal;
mod typed;
mod update;
mod words;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/automations").route(get().to(index::index)))
        .service(resource("/automations/log").route(get().to(log::index)))
        .service(resource("/automations/new").route(get().to(update::new)).route(post().to(update::create)))
        .service(resource("/automations/{id}").route(get().to(update::show)).route(post().to(update::update)))
        .service(resource("/automations/{id}/activation").route(post().to(activation::create)))
        .service(resource("/automations/{id}/activation/removal").route(post().to(activation::remove)))
        .service(resource("/automations/{id}/dry-run").route(get().to(dry_run::show)))
        .service(resource("/automations/{id}/removal").route(post().to(removal::create)));
}
