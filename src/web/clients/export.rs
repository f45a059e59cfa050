use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::stream::unfold;

use super::csv_file::csv_file;
use super::index::{Asked, within_scope};
use crate::domain::ClientId;
use crate::services::imports::{ExportFormat, audit_export};
use crate::store::DbConnection;
use crate::store::client_export;
use crate::store::client_list::Query;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::site::Site;
use crate::web::view::clients::ClientsQuery;

const ROWS: i64 = 500;

/// `GET /clients/export.csv`: all clients that this person sees, and that the filters let through.
pub async fn export(
    site: Data<Site>,
    me: ClientReader,
    asked: crate::web::query::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (by, now) = (me.by(), site.now());
    let query = asked.query();
    let (wanted, filters) = (within_scope(&query, &me, ROWS), filters(&query));
    site.write(move |tx| audit_export(tx, &by, &filters, now)).await?;
    let format = Arc::new(site.read(|c| Ok(ExportFormat::load(c)?)).await?);
    let first = Bytes::from(format.header());
    let rows = unfold(Some(None), move |before| {
        let (site, format, wanted) = (site.clone(), format.clone(), wanted.clone());
        async move {
            let before = before?;
            Some(match site.read(move |c| page(c, &format, &wanted, before)).await {
                Ok((bytes, next)) => (Ok(bytes), next.map(Some)),
                Err(error) => (Err(error), None),
            })
        }
    });
    Ok(csv_file("clients.csv", first, rows))
}

/// For the audit log: what was understood of the filters. What was searched for is nobody's business.
fn filters(query: &ClientsQuery) -> String {
    let said = [
        (!query.q.is_empty()).then(|| "searched".to_owned()),
        query.mine.then(|| "mine".to_owned()),
        query.status.map(|id| format!("lead status {id}")),
        query.holder.map(|id| format!("held by user {id}")),
        query.opted_out.then(|| "opted out".to_owned()),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The records before one, and the id before which the next are.
fn page(
    c: &mut DbConnection,
    format: &ExportFormat,
    wanted: &Query,
    before: Option<ClientId>,
) -> Result<(Bytes, Option<ClientId>), Error> {
    let records = client_export::page(c, &Query { before, ..wanted.clone() })?;
    let bytes: Vec<u8> = records.iter().flat_map(|(client, phones)| format.line(client, phones)).collect();
    let more = records.len() as i64 == ROWS;
    let next = records.last().filter(|_| more).map(|(client, _)| client.id);
    Ok((bytes.into(), next))
}
