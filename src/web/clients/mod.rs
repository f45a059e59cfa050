//! Client records: `/clients` and what hangs below it.

mod csv_file;
mod export;
mod imports;
mod record;
mod show;

use actix_web::web::{ServiceConfig, get, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/clients/export.csv").route(get().to(export::export)))
        .configure(imports::routes)
        .service(resource("/clients/{id}").route(get().to(show::show)));
}
