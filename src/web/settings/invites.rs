//! Who was asked to join and is not here yet.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig, get, post, resource};
use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::assignment_policy::may_administer;
use crate::domain::{InviteId, RoleId};
use crate::services::facts::staff_member;
use crate::services::{self, Invited};
use crate::store::invites::{self, Invite};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, roles};
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::link_token;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::settings::{InviteRow, InvitesPage, LinkMadePage, NewInvitePage};

const ROWS: usize = 30;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/invites").route(get().to(index)).route(post().to(create)))
        .service(resource("/settings/invites/new").route(get().to(new)))
        .service(resource("/settings/invites/{id}/renewal").route(post().to(renew)))
        .service(resource("/settings/invites/{id}/removal").route(post().to(withdraw)));
}

#[derive(Default, Deserialize)]
struct Asked {
    before: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct FilledIn {
    name: String,
    email: String,
    role_id: String,
}

/// `GET /settings/invites`: all of them, page by page.
async fn index(site: Data<Site>, me: UserAdmin, asked: Query<Asked>) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let before = asked.before.as_deref().and_then(|id| id.parse().ok());
        let (invites, next) = pending(c, &me, before, ROWS, shared.now())?;
        let next = next.map(|last| format!("/settings/invites?before={last}"));
        Ok(InvitesPage { shell: shared.shell(c, &me, Section::Settings)?, invites, next })
    });
    Ok(Page::whole(StatusCode::OK, page.await?))
}

async fn new(site: Data<Site>, me: UserAdmin) -> Result<Page, Error> {
    form(&site, me, StatusCode::OK, FilledIn::default(), None).await
}

/// `POST /settings/invites`: the link, shown this once. No redirect: it is kept nowhere.
async fn create(
    site: Data<Site>,
    InTurn(me, Form(filled_in)): InTurn<UserAdmin, Form<FilledIn>>,
) -> Result<Page, Error> {
    let (by, now, token, posted) = (me.by(), site.now(), link_token::new(), filled_in.clone());
    let hash = link_token::hash(&token);
    let made = site.try_write(move |tx| {
        let role_id: RoleId = posted.role_id.parse().unwrap_or_default();
        let who = Invited { name: &posted.name, email: &posted.email, role_id };
        services::invite(tx, &by, &who, &hash, now)
    });
    match made.await? {
        Ok(_) => link_made(&site, me, filled_in.name, &token).await,
        Err(services::Error::Invalid(why)) => {
            form(&site, me, StatusCode::UNPROCESSABLE_ENTITY, filled_in, Some(why)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /settings/invites/{id}/renewal`: another link, and the one before opens nothing.
async fn renew(site: Data<Site>, me: UserAdmin, id: Path<InviteId>) -> Result<Page, Error> {
    let (id, by, now, token) = (*id, me.by(), site.now(), link_token::new());
    let hash = link_token::hash(&token);
    site.write(move |tx| services::renew_invite(tx, &by, id, &hash, now)).await?;
    let invite = site.read(move |c| Ok(invites::find(c, id)?)).await?.ok_or(Error::NotFound)?;
    link_made(&site, me, invite.name, &token).await
}

/// `POST /settings/invites/{id}/removal`.
async fn withdraw(site: Data<Site>, me: UserAdmin, id: Path<InviteId>) -> Result<HttpResponse, Error> {
    let (id, by, now) = (*id, me.by(), site.now());
    site.write(move |tx| services::withdraw_invite(tx, &by, id, now)).await?;
    Ok(see_other_saying("/settings/users", Said::InviteWithdrawn))
}

/// A page of the invites, the newest first, and after which one it goes on.
pub fn pending(
    c: &mut DbConnection,
    me: &User,
    before: Option<InviteId>,
    limit: usize,
    now: NaiveDateTime,
) -> Stored<(Vec<InviteRow>, Option<InviteId>)> {
    let mut found = invites::page(c, before, limit as i64 + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.id);
    let (zone, roles, admin) = (zone(c)?, roles::all(c)?, staff_member(me));
    let row = |invite: Invite| InviteRow {
        may_change: roles.iter().any(|role| role.id == invite.role_id && may_administer(&admin, &role.may)),
        id: invite.id,
        name: invite.name,
        email: invite.email,
        role: invite.role,
        invited_by: invite.invited_by,
        expired: invite.expires_at <= now,
        expires: time_label(now, invite.expires_at, zone),
    };
    Ok((found.into_iter().map(row).collect(), next))
}

async fn form(
    site: &Data<Site>,
    me: UserAdmin,
    status: StatusCode,
    filled_in: FilledIn,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let admin = staff_member(&me);
        let offered = roles::all(c)?.into_iter().filter(|role| may_administer(&admin, &role.may));
        let chosen: Option<RoleId> = filled_in.role_id.parse().ok();
        let roles = offered.map(|role| (role.id, role.name, chosen == Some(role.id))).collect();
        let FilledIn { name, email, .. } = filled_in;
        Ok(NewInvitePage { shell: shared.shell(c, &me, Section::Settings)?, name, email, roles, error })
    });
    Ok(Page::whole(status, page.await?))
}

async fn link_made(site: &Data<Site>, me: UserAdmin, name: String, token: &str) -> Result<Page, Error> {
    let (shared, link) = (site.clone(), format!("{}/invites/{token}", site.public_url));
    let page = site.read(move |c| {
        Ok(LinkMadePage {
            shell: shared.shell(c, &me, Section::Settings)?,
            title: "An invite link".to_owned(),
            lead: format!("Pass it on to {}. Whoever opens it chooses a password and is in.", name.trim()),
            link,
            valid: "7 days".to_owned(),
            way_back: ("Users".to_owned(), "/settings/users".to_owned()),
        })
    });
    Ok(Page::whole(StatusCode::OK, page.await?).no_store())
}
