//! The inbox: `/conversations` and what hangs below it.

mod addressee;
mod again;
mod assignments;
mod block;
mod bubble;
mod card;
mod clients;
pub mod clocks;
mod closure;
pub mod door;
mod draft;
mod flag;
mod index;
mod later;
mod link_page;
mod linking;
pub mod list;
mod messages;
mod new;
mod new_draft;
pub mod opening;
mod retry;
mod scheduled;
mod scheduled_list;
mod show;
pub mod thread;

pub use thread::our_number;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/conversations").route(get().to(index::index)).route(post().to(new::create)))
        .service(resource("/conversations/draft").route(post().to(new_draft::create)))
        .service(resource("/conversations/new").route(get().to(new::new)))
        .service(resource("/conversations/scheduled").route(get().to(scheduled_list::index)))
        .service(resource("/conversations/{id}").route(get().to(show::show)))
        .service(resource("/conversations/{id}/messages").route(post().to(messages::create)))
        .service(resource("/conversations/{id}/messages/{message_id}/flag").route(post().to(flag::create)))
        .service(resource("/conversations/{id}/messages/{message_id}/retry").route(post().to(retry::create)))
        .service(resource("/conversations/{id}/scheduled").route(post().to(scheduled::create)))
        .service(resource("/conversations/{id}/scheduled/{sid}/cancellation").route(post().to(scheduled::cancel)))
        .service(resource("/conversations/{id}/scheduled/{sid}/sending").route(post().to(scheduled::send)))
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
