use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Deserialize;

use crate::domain::UserId;
use crate::store::staff_list::{self, Listed};
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::format::bounded;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::settings::invites;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::settings::{UserRow, UsersPage};
use crate::web::view::{Face, Section};

const ROWS: usize = 30;
/// Pending invites on this page; the rest has its own.
const INVITES: usize = 10;

/// What the address asks for; what it does not understand it does not ask for.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `GET /settings/users`.
pub async fn index(site: Data<Site>, me: UserAdmin, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let q: String = asked.q.trim().chars().take(100).collect();
        let after: Option<UserId> = asked.after.as_deref().and_then(|id| id.parse().ok());
        let (now, zone) = (shared.now(), zone(c)?);
        let mut found = staff_list::page(c, &q, after, ROWS as i64 + 1)?;
        let more = found.len() > ROWS;
        found.truncate(ROWS);
        let next = found.last().filter(|_| more).map(|last| address(&q, last.user.id));
        let is_start = after.is_none() && q.is_empty();
        let (invites, more_invites) =
            if is_start { invites::pending(c, &me, None, INVITES, now)? } else { (Vec::new(), None) };
        let row = |Listed { user, positions, last_seen_at }| UserRow {
            face: Face::new(user.id, &user.name),
            email: user.email,
            role: user.role,
            positions: bounded(positions),
            active: user.active,
            is_me: user.id == me.id,
            last_seen: last_seen_at.map(|at| time_label(now, at, zone)),
        };
        let rows = found.into_iter().map(row).collect();
        Ok(UsersPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            q,
            rows,
            next,
            invites,
            more_invites: more_invites.is_some(),
        })
    });
    Ok(Page::whole(StatusCode::OK, page.await?))
}

fn address(q: &str, after: UserId) -> String {
    let after = after.to_string();
    let mut query = vec![("after", after.as_str())];
    if !q.is_empty() {
        query.push(("q", q));
    }
    format!("/settings/users?{}", serde_urlencoded::to_string(query).unwrap_or_default())
}
