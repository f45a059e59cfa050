//! The inbox: `/conversations` and what hangs below it.

mod addressee;
mod again;
mod assignments;
mod block;
mod card;
mod clients;
mod closure;
pub mod door;
mod draft;
mod index;
mod link_page;
mod linking;
pub mod list;
mod messages;
mod new;
mod new_draft;
pub mod opening;
mod show;
pub mod thread;

pub use thread::our_number;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/conversations").route(get().to(index::index)).route(post().to(new::create)))
        .service(resource("/conversations/draft").route(post().to(new_draft::create)))
        .service(resource("/conversations/new").route(get().to(new::new)))
        .service(resource("/conversations/{id}").route(get().to(show::show)))
        .service(resource("/conversations/{id}/messages").route(post().to(messages::create)))
        .service(resource("/conversations/{id}/assignments").route(post().to(assignments::create)))
        .service(resource("/conversations/{id}/assignments/{user_id}/removal").route(post().to(assignments::remove)))
        .service(resource("/conversations/{id}/block").route(post().to(block::create)))
        .service(resource("/conversations/{id}/block/removal").route(post().to(block::remove)))
        .service(
            resource("/conversations/{id}/clients").route(get().to(clients::index)).route(post().to(clients::create)),
        )
        .service(resource("/conversations/{id}/clients/{client_id}/removal").route(post().to(clients::remove)))
        .service(resource("/conversations/{id}/draft").route(post().to(draft::create)))
        .service(resource("/conversations/{id}/closure").route(post().to(closure::create)))
        .service(resource("/conversations/{id}/closure/removal").route(post().to(closure::remove)));
}
