use actix_web::web::{Data, Path};

use super::importer::{Importer, found};
use super::mapping;
use super::preview::{Asked, page};
use crate::domain::{ImportId, ImportState};
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;

/// `GET /clients/imports/{id}`: whatever is next about it.
pub async fn show(site: Data<Site>, me: Importer, id: Path<ImportId>, asked: Query<Asked>) -> Result<Page, Error> {
    let id = *id;
    let import = site.read(move |c| found(c, id)).await?;
    if import.progress.state == ImportState::Uploaded && import.rows_dropped_at.is_none() {
        return Ok(Page::ok(mapping::page(&site, me, import, None).await?));
    }
    let asked = asked.into_inner();
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, &import, &asked)).await?))
}
