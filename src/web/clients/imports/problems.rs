use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use futures_util::stream::unfold;

use super::importer::{Importer, found};
use crate::domain::{ImportId, ImportOutcome, ImportState};
use crate::services::imports::{cell_list, line, problem_line};
use crate::store::import_rows;
use crate::web::clients::csv_file::csv_file;
use crate::web::error::Error;
use crate::web::site::Site;

const ROWS: i64 = 200;

/// `GET /clients/imports/{id}/problems.csv`: the rows that were not good, to be mended and imported again.
pub async fn show(site: Data<Site>, _me: Importer, id: Path<ImportId>) -> Result<HttpResponse, Error> {
    let id = *id;
    let import = site.read(move |c| found(c, id)).await?;
    if import.rows_dropped_at.is_some() || import.mapping.is_empty() || import.progress.state == ImportState::Checking {
        return Err(Error::NotFound);
    }
    let mut header = cell_list(&import.header)?;
    let columns = header.len();
    header.extend(["line".to_owned(), "problem".to_owned()]);
    let first = Bytes::from([crate::services::imports::MARK, &line(&header)].concat());
    let rows = unfold(Some(0), move |after| {
        let site = site.clone();
        async move {
            let after = after?;
            Some(match site.read(move |c| page(c, id, after, columns)).await {
                Ok((bytes, next)) => (Ok(bytes), next),
                Err(error) => (Err(error), None),
            })
        }
    });
    Ok(csv_file("problems.csv", first, rows))
}

/// Some rows, and the line after which the next are.
fn page(
    c: &mut crate::store::DbConnection,
    id: ImportId,
    after: i64,
    columns: usize,
) -> Result<(Bytes, Option<i64>), Error> {
    let rows = import_rows::with_outcome(c, id, ImportOutcome::Bad, after, ROWS)?;
    let mut bytes = Vec::new();
    for row in &rows {
        bytes.extend(problem_line(row, columns)?);
    }
    let more = rows.len() as i64 == ROWS;
    Ok((Bytes::from(bytes), rows.last().filter(|_| more).map(|row| row.line)))
}
