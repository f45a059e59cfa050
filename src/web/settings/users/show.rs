use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::holdings;
use super::update::Posted;
use crate::assignment_policy::{is_last_owner, may_administer, pickable};
use crate::domain::{RoleId, UserId};
use crate::services::facts::staff_member;
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored, hand_overs, push_subscriptions, roles, sessions};
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::format::bounded;
use crate::web::page::Page;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::settings::{Progress, Taker, UserPage};
use crate::web::view::{Face, Section};

/// Signed-in browsers are counted so far and no further.
const BOUND: i64 = 100;

/// `GET /settings/users/{id}`.
pub async fn show(site: Data<Site>, me: UserAdmin, id: Path<UserId>) -> Result<Page, Error> {
    page(&site, me, *id, StatusCode::OK, Posted::default(), None).await
}

/// The page of somebody, with a form as it was sent where that was refused.
pub async fn page(
    site: &Data<Site>,
    me: UserAdmin,
    id: UserId,
    status: StatusCode,
    posted: Posted,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let user = users::find(c, id)?.ok_or(Error::NotFound)?;
        Ok(drawn(&shared, c, &me, user, posted, error)?)
    });
    Ok(Page::with_status(status, page.await?))
}

fn drawn(
    site: &Site,
    c: &mut DbConnection,
    me: &UserAdmin,
    user: User,
    posted: Posted,
    error: Option<String>,
) -> Stored<UserPage> {
    let (now, zone) = (site.now(), zone(c)?);
    let admin = staff_member(me);
    let everybody = users::all(c)?;
    let browsers = sessions::of_user(c, user.id, None, BOUND, now)?;
    let last_seen = browsers.iter().map(|browser| browser.last_seen_at).max();
    Ok(UserPage {
        shell: site.shell(c, me, Section::Settings)?,
        face: Face::new(user.id, &user.name),
        roles: offered_roles(c, me, user.role_id, posted.role_id())?,
        is_me: user.id == me.id,
        may_change: may_administer(&admin, &user.may),
        is_last_owner: is_last_owner(&users::active_owners(c)?, user.id),
        conversations: holdings::conversations(c, me, user.id)?,
        positions: holdings::positions(c, me, user.id)?,
        scheduled: holdings::scheduled(c, user.id)?,
        automations: holdings::automations(c, me, user.id)?,
        last_seen: last_seen.map(|at| time_label(now, at, zone)),
        browsers: bounded(browsers.len() as i64),
        has_device: !push_subscriptions::of_user(c, user.id)?.is_empty(),
        progress: progress(c, user.id, &everybody)?,
        takers: takers(&everybody, user.id),
        hand_over: posted.hand_over.unwrap_or_else(|| "leave".to_owned()),
        taker: posted.hand_over_to.and_then(|id| id.parse().ok()),
        email: user.email,
        role: user.role,
        active: user.active,
        error,
    })
}

/// Who could get what this user holds; who cannot is listed too, so that nobody looks for them in vain.
fn takers(everybody: &[User], user: UserId) -> Vec<Taker> {
    let others = everybody.iter().filter(|other| other.id != user);
    let mut takers: Vec<Taker> = others
        .map(|other| Taker {
            id: other.id,
            name: other.name.clone(),
            unpickable: pickable(&staff_member(other)).err().map(|why| why.to_string()),
        })
        .collect();
    takers.sort_by_key(|taker| taker.unpickable.is_some());
    takers
}

/// The present role, and those that this admin may give. The chosen one is marked.
fn offered_roles(
    c: &mut DbConnection,
    me: &User,
    present: RoleId,
    wanted: Option<RoleId>,
) -> Stored<Vec<(RoleId, String, bool)>> {
    let admin = staff_member(me);
    let chosen = wanted.unwrap_or(present);
    let offered = roles::all(c)?.into_iter().filter(|role| role.id == present || may_administer(&admin, &role.may));
    Ok(offered.map(|role| (role.id, role.name, role.id == chosen)).collect())
}

fn progress(c: &mut DbConnection, user: UserId, everybody: &[User]) -> Stored<Option<Progress>> {
    let Some(row) = hand_overs::of_user(c, user)? else { return Ok(None) };
    let name = |id: UserId| everybody.iter().find(|one| one.id == id).map(|one| one.name.clone());
    Ok(Some(Progress {
        to: row.to.and_then(name),
        conversations: row.conversations,
        positions: row.positions,
        runs: row.ended_at.is_none(),
    }))
}
