use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::address;
use super::importer::Importer;
use crate::domain::ImportId;
use crate::services::imports;
use crate::web::error::Error;
use crate::web::page::see_other;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;

/// `POST /clients/imports/{id}/run`.
pub async fn run(site: Data<Site>, me: Importer, id: Path<ImportId>) -> Result<HttpResponse, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    site.write(move |tx| imports::begin_run(tx, &by, id, now)).await?;
    Ok(see_other(&address(id)))
}

/// `POST /clients/imports/{id}/undo`.
pub async fn undo(site: Data<Site>, me: Importer, id: Path<ImportId>) -> Result<HttpResponse, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    site.write(move |tx| imports::begin_undo(tx, &by, id, now)).await?;
    Ok(see_other_saying(&address(id), Said::ImportIsUndone))
}
