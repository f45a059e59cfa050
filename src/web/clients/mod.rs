//! Client records: `/clients` and what hangs below it.

mod record;
mod show;
mod sms;
mod text_form;
pub mod thread;
mod threads;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients/{id}").route(get().to(show::show)))
        .service(resource("/clients/{id}/sms").route(get().to(sms::show)).route(post().to(sms::create)))
        .service(resource("/clients/{id}/sms/{conversation_id}").route(get().to(thread::show)));
}
