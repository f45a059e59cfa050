use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};

use super::address;
use super::importer::{Importer, found};
use crate::domain::{DuplicateRule, ImportId};
use crate::services;
use crate::services::imports::{Mapping, Target, begin_check, cell_list, guess};
use crate::store::imports::Import;
use crate::store::{DbConnection, StoreError, import_rows, lead_statuses, positions, users};
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::clients::{ImportHead, MappedColumn, MappingPage};

const SAMPLES: i64 = 3;

/// `GET /clients/imports/{id}/mapping`.
pub async fn show(site: Data<Site>, me: Importer, id: Path<ImportId>) -> Result<Either<Page, HttpResponse>, Error> {
    let id = *id;
    let import = site.read(move |c| found(c, id)).await?;
    if !import.progress.state.may_be_mapped() || import.rows_dropped_at.is_some() {
        return Ok(Either::Right(see_other(&address(id))));
    }
    Ok(Either::Left(Page::ok(page(&site, me, import, None).await?)))
}

/// Of which import, and the fields of the form: so many as the file has columns, and two more.
type Sent = (Path<ImportId>, Form<Vec<(String, String)>>);

/// `POST /clients/imports/{id}/mapping`: fields `column_0` …, `duplicates`, `status`; what is absent stays as it was.
pub async fn update(
    site: Data<Site>,
    InTurn(me, (id, Form(fields))): InTurn<Importer, Sent>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    let fields: HashMap<String, String> = fields.into_iter().collect();
    let stored = site.read(move |c| {
        let import = found(c, id)?;
        Ok((mapping(c, &import)?, import))
    });
    let (before, import) = stored.await?;
    let Some(wanted) = changed(before, &fields) else {
        return Err(Error::Unprocessable("Choose for each column from the list.".to_owned()));
    };
    let chosen = wanted.clone();
    match site.try_write(move |tx| begin_check(tx, &by, id, &chosen, now)).await? {
        Ok(()) => Ok(Either::Right(see_other(&address(id)))),
        Err(services::Error::Invalid(why))
            if import.progress.state.may_be_mapped() && import.rows_dropped_at.is_none() =>
        {
            let page = page(&site, me, import, Some((wanted, why))).await?;
            Ok(Either::Left(Page::unprocessable(page)))
        }
        Err(other) => Err(other.into()),
    }
}

/// What the columns mean as far as was said, else as their names let guess.
fn mapping(c: &mut DbConnection, import: &Import) -> Result<Mapping, Error> {
    if !import.mapping.is_empty() {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        return Ok(serde_json::from_str(&import.mapping).map_err(corrupt)?);
    }
    let first = lead_statuses::all(c)?.first().map_or(0, |status| status.id);
    let columns = guess(&cell_list(&import.header)?, &positions::all(c)?);
    Ok(Mapping { columns, duplicates: DuplicateRule::Skip, status: first })
}

/// None for what is in no list.
fn changed(mut mapping: Mapping, fields: &HashMap<String, String>) -> Option<Mapping> {
    for (at, target) in mapping.columns.iter_mut().enumerate() {
        if let Some(word) = fields.get(&format!("column_{at}")) {
            *target = word.parse().ok()?;
        }
    }
    if let Some(word) = fields.get("duplicates") {
        mapping.duplicates = word.parse().ok()?;
    }
    if let Some(word) = fields.get("status") {
        mapping.status = word.parse().ok()?;
    }
    Some(mapping)
}

/// The form, as guessed or as it was sent and refused.
pub async fn page(
    site: &Data<Site>,
    me: Importer,
    import: Import,
    refused: Option<(Mapping, String)>,
) -> Result<MappingPage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let (chosen, error) = match refused {
            Some((mapping, why)) => (mapping, Some(why)),
            None => (mapping(c, &import)?, None),
        };
        let mut samples = Vec::new();
        for row in import_rows::after(c, import.id, 0, SAMPLES)? {
            samples.push(cell_list(&row.cells)?);
        }
        let header = cell_list(&import.header)?;
        let columns = header.into_iter().zip(&chosen.columns).enumerate();
        let columns = columns.map(|(at, (name, target))| MappedColumn::new(at, name, *target, &samples)).collect();
        let (now, zone) = (shared.now(), zone(c)?);
        let by = users::find(c, import.created_by)?.map(|user| user.name).unwrap_or_default();
        Ok(MappingPage {
            shell: shared.shell(c, &me, Section::Clients)?,
            head: ImportHead::of(&import, by, |at| time_label(now, at, zone)),
            columns,
            choices: Target::choices(&positions::all(c)?)
                .into_iter()
                .map(|(t, words)| (t.to_string(), words))
                .collect(),
            updates: chosen.duplicates == DuplicateRule::Update,
            statuses: lead_statuses::all(c)?.into_iter().map(|status| (status.id, status.name)).collect(),
            status: chosen.status,
            error,
        })
    });
    page.await
}
