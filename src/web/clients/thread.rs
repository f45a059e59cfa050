//! A conversation inside the frame of a client record.

use actix_web::web::{Data, Path};

use super::record::{head, texted};
use crate::domain::{ClientId, ConversationId};
use crate::services::facts;
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::conversations::door::Door;
use crate::web::conversations::opening::{self, Asks};
use crate::web::conversations::thread::{Wanted, thread};
use crate::web::current_user::RecordTexter;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::clients::{RecordTab, RecordThreadPage};

/// `GET /clients/{id}/sms/{conversation_id}`.
pub async fn show(
    site: Data<Site>,
    me: RecordTexter,
    path: Path<(ClientId, ConversationId)>,
    asks: Query<Asks>,
) -> Result<Page, Error> {
    let ((client, id), me_id, shared) = (path.into_inner(), me.id, site.clone());
    let draw = move |c: &mut DbConnection, wanted| page(&shared, c, &me, client, id, wanted);
    Ok(Page::ok(opening::open(&site, me_id, id, &asks, draw, |page| &page.shell).await?))
}

/// The page of a conversation of a record that this person may open; a conversation of somebody else is not there.
pub fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    client: ClientId,
    id: ConversationId,
    wanted: Wanted,
) -> Result<RecordThreadPage, Error> {
    let record = texted(connection, me, client)?;
    let known = facts::conversation(connection, id)?.ok_or(Error::NotFound)?;
    if !known.facts.clients.iter().any(|linked| linked.id == client) {
        return Err(Error::NotFound);
    }
    Ok(RecordThreadPage {
        shell: site.shell(connection, me, Section::Clients)?,
        head: head(me, &record, RecordTab::Sms),
        above: None,
        thread: thread(connection, me, &known, Door::Record(client), wanted, site.now())?,
    })
}
