use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Query};
use futures_util::stream::unfold;
use serde::Deserialize;

use super::csv_file::csv_file;
use crate::domain::{ClientId, ClientScope};
use crate::services::imports::{ExportFormat, audit_export};
use crate::store::DbConnection;
use crate::store::client_export::{self, Wanted};
use crate::store::users::User;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::site::Site;

const ROWS: i64 = 500;

/// The filters of the list; what is not understood is not asked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    status: Option<String>,
    holder: Option<String>,
    filter: Option<String>,
}

/// `GET /clients/export.csv`: all clients that this person sees, and that the filters let through.
pub async fn export(site: Data<Site>, me: ClientReader, asked: Query<Asked>) -> Result<HttpResponse, Error> {
    let (by, now) = (me.by(), site.now());
    let wanted = wanted(&me, &asked);
    let filters = filters(&wanted);
    site.write(move |tx| audit_export(tx, &by, &filters, now)).await?;
    let format = Arc::new(site.read(|c| Ok(ExportFormat::load(c)?)).await?);
    let first = Bytes::from(format.header());
    let rows = unfold(Some(0), move |after| {
        let (site, format, wanted) = (site.clone(), format.clone(), wanted.clone());
        async move {
            let after = after?;
            Some(match site.read(move |c| page(c, &format, &wanted, after)).await {
                Ok((bytes, next)) => (Ok(bytes), next),
                Err(error) => (Err(error), None),
            })
        }
    });
    Ok(csv_file("clients.csv", first, rows))
}

fn wanted(me: &User, asked: &Asked) -> Wanted {
    let number = |text: &Option<String>| text.as_deref().and_then(|id| id.parse().ok());
    let mine = asked.filter.as_deref() == Some("mine");
    Wanted {
        scope: (me.may.client_scope != ClientScope::All || mine).then_some(me.id),
        status: number(&asked.status),
        holder: number(&asked.holder),
        opted_out: matches!(asked.filter.as_deref(), Some("opted_out" | "opted-out")),
    }
}

/// For the audit log: what was understood of the filters.
fn filters(wanted: &Wanted) -> String {
    let said = [
        wanted.scope.map(|_| "mine".to_owned()),
        wanted.status.map(|id| format!("lead status {id}")),
        wanted.holder.map(|id| format!("held by user {id}")),
        wanted.opted_out.then(|| "opted out".to_owned()),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Some records, and the id after which the next are.
fn page(
    c: &mut DbConnection,
    format: &ExportFormat,
    wanted: &Wanted,
    after: ClientId,
) -> Result<(Bytes, Option<ClientId>), Error> {
    let records = client_export::page(c, wanted, after, ROWS)?;
    let bytes: Vec<u8> = records.iter().flat_map(|(client, phones)| format.line(client, phones)).collect();
    let more = records.len() as i64 == ROWS;
    Ok((Bytes::from(bytes), records.last().filter(|_| more).map(|(client, _)| client.id)))
}
