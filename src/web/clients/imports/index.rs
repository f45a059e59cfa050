use actix_web::web::Data;
use serde::Deserialize;

use super::importer::Importer;
use crate::domain::ImportId;
use crate::store::imports;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::clients::{ImportLine, ImportsPage};

const LINES: usize = 25;

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<String>,
}

/// `GET /clients/imports`.
pub async fn index(site: Data<Site>, me: Importer, asked: Query<Asked>) -> Result<Page, Error> {
    let before = asked.before.as_deref().and_then(|id| id.parse().ok());
    Ok(Page::ok(page(&site, me, before, None).await?))
}

/// The list, and what was wrong with the file that was just sent.
pub async fn page(
    site: &Data<Site>,
    me: Importer,
    before: Option<ImportId>,
    error: Option<String>,
) -> Result<ImportsPage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let mut found = imports::page(c, before, LINES as i64 + 1)?;
        let more = found.len() > LINES;
        found.truncate(LINES);
        let last = found.last().filter(|_| more).map(|(import, _)| import.id);
        let (now, zone) = (shared.now(), zone(c)?);
        let line = |(import, by)| ImportLine::of(import, by, |at| time_label(now, at, zone));
        Ok(ImportsPage {
            shell: shared.shell(c, &me, Section::Clients)?,
            imports: found.into_iter().map(line).collect(),
            next: last.map(|id| format!("/clients/imports?before={id}")),
            error,
        })
    });
    page.await
}
