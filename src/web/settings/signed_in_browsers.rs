//! The browsers in which somebody is signed in, and signing them out from afar.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;

use super::browser_name::browser_name;
use crate::domain::SessionId;
use crate::services;
use crate::store::{DbConnection, Stored, sessions};
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::{Site, time_label, zone};
use crate::web::view::settings::Browser;

const ROWS: usize = 20;

/// `POST /settings/profile/sessions/{id}/removal`: one's own only.
pub async fn remove(site: Data<Site>, me: CurrentUser, id: Path<SessionId>) -> Result<HttpResponse, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    site.write(move |tx| services::end_session(tx, &by, id, now)).await?;
    Ok(see_other_saying("/settings/profile", Said::BrowserSignedOut))
}

/// `POST /settings/profile/sessions/removal`: all but this one.
pub async fn remove_others(site: Data<Site>, me: CurrentUser) -> Result<HttpResponse, Error> {
    let (by, session, now) = (me.by(), me.session, site.now());
    site.write(move |tx| services::end_other_sessions(tx, &by, session, now)).await?;
    Ok(see_other_saying("/settings/profile", Said::BrowsersSignedOut))
}

/// A page of them, and after which one it goes on.
pub fn browsers(
    c: &mut DbConnection,
    me: &CurrentUser,
    before: Option<SessionId>,
    now: NaiveDateTime,
) -> Stored<(Vec<Browser>, Option<SessionId>)> {
    let zone = zone(c)?;
    let mut found = sessions::of_user(c, me.id, before, ROWS as i64 + 1, now)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found.last().filter(|_| more).map(|last| last.id);
    let browser = |row: sessions::OpenSession| Browser {
        id: row.id,
        name: browser_name(&row.user_agent),
        address: row.address,
        signed_in: time_label(now, row.created_at, zone),
        last_seen: time_label(now, row.last_seen_at, zone),
        is_this: row.id == me.session,
    };
    Ok((found.into_iter().map(browser).collect(), next))
}
