//! A refusal inside the menu, for somebody who is signed in: they are refused this page, not the house.

use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest};
use askama::Template as _;

use super::{Error, Refusal};
use crate::web::current_user::AskedBy;
use crate::web::site::{Site, waiting_texts};
use crate::web::view::{RefusedPage, Section};

/// The page; none where the bare one has to do: for strangers, for what is not there, when the database is what failed.
pub(super) async fn page(request: &HttpRequest, error: Option<&Error>, refusal: &Refusal) -> Option<String> {
    let needs_upgrade = match error? {
        Error::Upgrade(_) => true,
        Error::Forbidden(_) => false,
        _ => return None,
    };
    let AskedBy(me) = request.extensions().get::<AskedBy>()?.clone();
    let site = request.app_data::<Data<Site>>()?.clone();
    let (shared, section) = (site.clone(), section(request.path()));
    let drawn = site.read(move |c| {
        let waiting = if needs_upgrade && me.may.manage_company { waiting_texts(c)? } else { None };
        Ok((shared.shell(c, &me, section)?, waiting))
    });
    let (shell, waiting) = drawn.await.inspect_err(|error| tracing::warn!(%error, "a refusal has no menu")).ok()?;
    let page = RefusedPage {
        shell,
        title: refusal.title.to_owned(),
        sentence: refusal.sentence.clone(),
        waiting,
        way_on: refusal.way_on.map(|(words, path)| (words.to_owned(), path.to_owned())),
        request_id: refusal.request_id.clone(),
    };
    page.render().inspect_err(|error| tracing::error!(%error, "a refusal cannot be drawn")).ok()
}

/// The entry of the menu that an address belongs to.
fn section(path: &str) -> Section {
    match path.split('/').nth(1) {
        Some("conversations") => Section::Conversations,
        Some("clients") => Section::Clients,
        Some("automations") => Section::Automations,
        Some("simulator") => Section::Simulator,
        Some("settings") => Section::Settings,
        _ => Section::Notifications,
    }
}
