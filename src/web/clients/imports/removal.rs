use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::importer::Importer;
use crate::domain::ImportId;
use crate::services::imports;
use crate::web::error::Error;
use crate::web::page::see_other;
use crate::web::site::Site;

/// `POST /clients/imports/{id}/removal`.
pub async fn create(site: Data<Site>, me: Importer, id: Path<ImportId>) -> Result<HttpResponse, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    site.write(move |tx| imports::remove(tx, &by, id, now)).await?;
    Ok(see_other("/clients/imports"))
}
