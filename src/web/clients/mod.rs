//! Client records: `/clients` and what hangs below it.

mod activity;
mod appointment;
mod csv_file;
mod edit;
mod export;
mod form;
mod imports;
mod index;
mod lead_status;
mod new;
mod positions;
mod record;
mod removal;
mod resembling;
mod show;
mod sms;
mod sms_draft;
mod text_form;
pub mod thread;
mod threads;
mod typed;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients").route(get().to(index::index)).route(post().to(new::create)))
        .service(resource("/clients/export.csv").route(get().to(export::export)))
        .configure(imports::routes)
        .service(resource("/clients/new").route(get().to(new::new)))
        .service(resource("/clients/{id}").route(get().to(show::show)).route(post().to(edit::update)))
        .service(resource("/clients/{id}/edit").route(get().to(edit::edit)))
        .service(resource("/clients/{id}/lead-status").route(post().to(lead_status::update)))
        .service(resource("/clients/{id}/positions").route(post().to(positions::update)))
        .service(resource("/clients/{id}/removal").route(post().to(removal::create)))
        .service(resource("/clients/{id}/sms").route(get().to(sms::show)).route(post().to(sms::create)))
        .service(resource("/clients/{id}/sms/draft").route(post().to(sms_draft::create)))
        .service(resource("/clients/{id}/sms/{conversation_id}").route(get().to(thread::show)));
}
