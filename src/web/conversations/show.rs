use actix_web::web::{Data, Path};

use super::card::card;
use super::door::Door;
use super::list::{Asked, list};
use super::opening::{self, Asks};
use super::thread::{Wanted, thread};
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::ConversationId;
use crate::services::facts;
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::conversations::ConversationPage;

pub async fn show(
    site: Data<Site>,
    me: DashboardUser,
    id: Path<ConversationId>,
    asks: Query<Asks>,
) -> Result<Page, Error> {
    let (id, me_id, shared) = (*id, me.id, site.clone());
    let draw = move |c: &mut DbConnection, wanted| page(&shared, c, &me, id, wanted);
    Ok(Page::ok(opening::open(&site, me_id, id, &asks, draw, |page| &page.shell).await?))
}

/// The page of a conversation that this user sees on the dashboard; to everybody else there is none.
pub fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: ConversationId,
    wanted: Wanted,
) -> Result<ConversationPage, Error> {
    let known = facts::conversation(connection, id)?.ok_or(Error::NotFound)?;
    if !sees_on_dashboard(&facts::staff_member(me), &known.facts) {
        return Err(Error::NotFound);
    }
    let now = site.now();
    Ok(ConversationPage {
        shell: site.shell(connection, me, Section::Conversations)?,
        list: list(connection, me, &Asked::default(), Some(id), now)?,
        card: card(connection, me, &known, now)?,
        thread: thread(connection, me, &known, Door::Dashboard, wanted, now)?,
    })
}
