//! The inbox: `/conversations` and what hangs below it.

mod assignments;
mod card;
mod closure;
mod index;
mod list;
mod messages;
mod new;
mod show;
mod thread;

pub use thread::our_number;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/conversations").route(get().to(index::index)).route(post().to(new::create)))
        .service(resource("/conversations/new").route(get().to(new::new)))
        .service(resource("/conversations/{id}").route(get().to(show::show)))
        .service(resource("/conversations/{id}/messages").route(post().to(messages::create)))
        .service(resource("/conversations/{id}/assignments").route(post().to(assignments::create)))
        .service(resource("/conversations/{id}/assignments/{user_id}/removal").route(post().to(assignments::remove)))
        .service(resource("/conversations/{id}/closure").route(post().to(closure::create)))
        .service(resource("/conversations/{id}/closure/removal").route(post().to(closure::remove)));
}
