//! Client records: `/clients` and what hangs below it.

mod record;
mod show;

use actix_web::web::{ServiceConfig, get, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients/{id}").route(get().to(show::show)));
}
