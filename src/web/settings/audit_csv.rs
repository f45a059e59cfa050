use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;

use super::audit::Asked;
use super::audit_words::{self, Names};
use crate::domain::harmless_cell;
use crate::services;
use crate::store::audit::{self, Filter, Logged};
use crate::store::{DbConnection, users};
use crate::web::current_user::Auditor;
use crate::web::error::Error;
use crate::web::format;
use crate::web::query::Query;
use crate::web::site::{Site, zone};

/// A file of this many rows opens everywhere; for more, the dates can be narrowed.
const MOST: usize = 50_000;
const AT_ONCE: i64 = 5_000;

/// `GET /settings/audit.csv`: the entries that the filter finds, newest first.
pub async fn show(site: Data<Site>, me: Auditor, asked: Query<Asked>) -> Result<HttpResponse, Error> {
    let (today, by, which) = (site.now(), me.by(), asked.in_words());
    let (file, day) = site
        .read(move |c| {
            let zone = zone(c)?;
            let filter = asked.filter(zone).map_err(Error::Unprocessable)?;
            let file = file(c, &filter, MOST, &|at| format::on_a_list(at, zone))?;
            Ok((file, format::date(today, zone)))
        })
        .await?;
    site.write(move |tx| services::note_audit_export(tx, &by, &which, today)).await?;
    let name = format!("attachment; filename=\"audit-log-{day}.csv\"");
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file))
}

fn file(
    c: &mut DbConnection,
    filter: &Filter,
    most: usize,
    time: &dyn Fn(chrono::NaiveDateTime) -> String,
) -> Result<Vec<u8>, Error> {
    let people: Vec<_> = users::all(c)?.into_iter().map(|user| (user.id, user.name)).collect();
    // Clients keep their numbers: a file of fifty thousand lines asks for none of them
    let names = Names::load(c, &people)?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    write(&mut csv, ["When", "Who", "What", "To what", "Details", "From where"].map(str::to_owned))?;
    let (mut before, mut rows) = (None, 0);
    loop {
        let found = audit::page(c, filter, before, AT_ONCE)?;
        let Some(last) = found.last() else { break };
        before = Some(last.id);
        let is_last = found.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        for row in found {
            if rows == most {
                let end = format!("The first {most} entries are in this file. Narrow the dates for the others.");
                write(&mut csv, [end, String::new(), String::new(), String::new(), String::new(), String::new()])?;
                return csv.into_inner().map_err(|error| Error::internal(error.to_string()));
            }
            write(&mut csv, cells(row, &names, time))?;
            rows += 1;
        }
        if is_last {
            break;
        }
    }
    csv.into_inner().map_err(|error| Error::internal(error.to_string()))
}

fn cells(row: Logged, names: &Names, time: &dyn Fn(chrono::NaiveDateTime) -> String) -> [String; 6] {
    [
        time(row.at),
        row.actor.unwrap_or_else(|| "Crewline".to_owned()),
        audit_words::sentence(&row.action),
        audit_words::subject(&row.subject, names),
        row.detail,
        row.address,
    ]
}

fn write(csv: &mut csv::Writer<Vec<u8>>, cells: [String; 6]) -> Result<(), Error> {
    csv.write_record(cells.each_ref().map(|cell| harmless_cell(cell))).map_err(Error::internal)
}
