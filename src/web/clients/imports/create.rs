use actix_web::web::{BytesMut, Data};
use actix_web::{Either, HttpResponse};

use super::importer::Importer;
use super::upload::Upload;
use super::{address, index};
use crate::domain::ImportId;
use crate::services::imports::{self, Table, Unreadable};
use crate::web::error::Error;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;

/// Rows stored at a time, so that others write in between.
const ROWS: usize = 500;

/// `POST /clients/imports`: the file is read and its rows are kept; what they mean is asked next.
pub async fn create(
    site: Data<Site>,
    InTurn(me, upload): InTurn<Importer, Upload>,
) -> Result<Either<HttpResponse, Page>, Error> {
    match read(upload.bytes).await? {
        Ok(table) => {
            let id = keep(&site, &me, upload.file_name, table).await?;
            Ok(Either::Left(see_other(&address(id))))
        }
        Err(why) => {
            let page = index::page(&site, me, None, Some(why.to_string())).await?;
            Ok(Either::Right(Page::unprocessable(page)))
        }
    }
}

/// Off the async threads: it is up to 16 MB.
async fn read(bytes: Result<BytesMut, Unreadable>) -> Result<Result<Table, Unreadable>, Error> {
    let Ok(bytes) = bytes else { return Ok(bytes.map(|_| Table { header: Vec::new(), rows: Vec::new() })) };
    tokio::task::spawn_blocking(move || imports::read(&bytes)).await.map_err(Error::internal)
}

async fn keep(site: &Data<Site>, me: &Importer, file_name: String, table: Table) -> Result<ImportId, Error> {
    let (by, now) = (me.by(), site.now());
    let Table { header, rows } = table;
    let id = site.write(move |tx| imports::start_upload(tx, &by, &file_name, &header, now)).await?;
    let mut rows = rows.into_iter();
    loop {
        let some: Vec<_> = rows.by_ref().take(ROWS).collect();
        if some.is_empty() {
            break;
        }
        site.write(move |tx| imports::add_rows(tx, id, &some)).await?;
    }
    site.write(move |tx| imports::finish_upload(tx, id)).await?;
    Ok(id)
}
