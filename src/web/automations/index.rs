use actix_web::web::Data;
use serde::Deserialize;

use super::words::Names;
use crate::domain::{AutomationId, RunState};
use crate::store::automations::Automation;
use crate::store::{DbConnection, Stored, automation_runs, automations};
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::format::bounded;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::automations::{AutomationRow, AutomationsPage, RunCount};

/// Each row counts its runs, so a page has few.
const ROWS: usize = 20;
const COUNTED: i64 = 100;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The last one of the page before.
    after: Option<String>,
}

/// `GET /automations`.
pub async fn index(site: Data<Site>, me: AutomationEditor, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    let after = asked.after.as_deref().and_then(|after| after.parse().ok());
    let page = site.read(move |c| {
        let shell = shared.shell(c, &me, Section::Automations)?;
        let (shown, next) = shown(automations::all(c)?, after);
        let names = Names::load(c)?;
        let rows = shown.into_iter().map(|automation| row(c, automation, &names)).collect::<Stored<_>>()?;
        Ok(AutomationsPage { shell, rows, next })
    });
    Ok(Page::ok(page.await?))
}

/// There are never more than a hundred, by name.
fn shown(mut all: Vec<Automation>, after: Option<AutomationId>) -> (Vec<Automation>, Option<String>) {
    let from = after.and_then(|after| all.iter().position(|one| one.id == after)).map_or(0, |place| place + 1);
    let mut rest = all.split_off(from);
    let more = rest.len() > ROWS;
    rest.truncate(ROWS);
    let next = rest.last().filter(|_| more).map(|last| format!("/automations?after={}", last.id));
    (rest, next)
}

fn row(connection: &mut DbConnection, automation: Automation, names: &Names) -> Stored<AutomationRow> {
    let mut counts = Vec::new();
    for (state, words) in [
        (RunState::Waiting, "waiting"),
        (RunState::Done, "done"),
        (RunState::Stopped, "stopped"),
        (RunState::Skipped, "skipped"),
    ] {
        let count = automation_runs::count(connection, automation.id, state, COUNTED)?;
        counts.push(RunCount { count: bounded(i64::try_from(count).unwrap_or(COUNTED)), words });
    }
    Ok(AutomationRow {
        id: automation.id,
        trigger: names.trigger(&automation.definition.trigger),
        does: names.does(&automation.definition),
        name: automation.definition.name,
        active: automation.active,
        counts,
    })
}
