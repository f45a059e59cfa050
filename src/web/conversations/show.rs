use actix_web::web::{Data, Path, Query};
use serde::Deserialize;

use super::card::card;
use super::list::{Asked, list};
use super::thread::{self, Wanted, thread};
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::ConversationId;
use crate::services::{self, facts};
use crate::store::users::User;
use crate::store::{DbConnection, messages, unreads};
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::conversations::ConversationPage;

#[derive(Deserialize)]
pub struct Asks {
    /// Older texts than this one.
    before: Option<String>,
    /// Where "new" stood when the thread was opened: it stays while the thread is open.
    new: Option<String>,
    /// How many texts are on the screen already, when it is refreshed.
    rows: Option<String>,
}

pub async fn show(
    site: Data<Site>,
    me: DashboardUser,
    id: Path<ConversationId>,
    asks: Query<Asks>,
) -> Result<Page, Error> {
    let (id, me_id) = (*id, me.id);
    let shared = site.clone();
    let before = number(asks.before.as_deref());
    let (new, rows) = (number(asks.new.as_deref()), number(asks.rows.as_deref()));
    let (page, shown, is_unread) = site
        .read(move |c| {
            let first_unread = unreads::first(c, id, me.id)?;
            let wanted = Wanted { before, new: new.or(first_unread), rows, ..Wanted::default() };
            let page = page(&shared, c, &me, id, wanted)?;
            // Older texts show nothing that is new.
            let shown = if before.is_none() { messages::newest(c, id)? } else { None };
            Ok((page, shown, first_unread.is_some()))
        })
        .await?;
    if let Some(shown) = shown.filter(|_| is_unread || page.shell.bell.count.is_some()) {
        site.write(move |tx| services::mark_read(tx, me_id, id, shown)).await?;
    }
    Ok(Page::ok(page))
}

/// What is no number is not asked for.
fn number(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
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
        card: card(connection, me, &known)?,
        thread: thread(connection, me, &known, wanted, now)?,
    })
}

/// Where somebody goes after they changed something in a conversation: there, or to the list once they no longer see it.
pub async fn way_back(site: &Data<Site>, me: User, id: ConversationId) -> Result<String, Error> {
    site.read(move |c| {
        let known = facts::conversation(c, id)?;
        let sees = known.is_some_and(|known| sees_on_dashboard(&facts::staff_member(&me), &known.facts));
        Ok(if sees { thread::address(id) } else { "/conversations".to_owned() })
    })
    .await
}
