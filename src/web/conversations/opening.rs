//! Opening a thread, behind either door: which part of it, and that this person has read it.

use actix_web::web::Data;
use serde::Deserialize;

use super::thread::Wanted;
use crate::domain::{ConversationId, UserId};
use crate::services;
use crate::store::{DbConnection, messages, unreads};
use crate::web::error::Error;
use crate::web::site::Site;
use crate::web::view::Shell;

/// What the address asks for; what is no number is not asked for.
#[derive(Default, Deserialize)]
pub struct Asks {
    /// Older texts than this one.
    before: Option<String>,
    /// Where "new" stood when the thread was opened: it stays while the thread is open.
    new: Option<String>,
    /// How many texts are on the screen already, when it is refreshed.
    rows: Option<String>,
    /// A text for later that was cancelled: its words go into the composer.
    edit: Option<String>,
}

/// Draws the page, and clears what was unread or unseen to this person and is shown there now. To others nothing is read.
pub async fn open<P: Send + 'static>(
    site: &Data<Site>,
    me: UserId,
    id: ConversationId,
    asks: &Asks,
    draw: impl FnOnce(&mut DbConnection, Wanted) -> Result<P, Error> + Send + 'static,
    shell: fn(&P) -> &Shell,
) -> Result<P, Error> {
    let before = number(asks.before.as_deref());
    let (new, rows) = (number(asks.new.as_deref()), number(asks.rows.as_deref()));
    let edit = number(asks.edit.as_deref());
    let (page, shown, is_unread) = site
        .read(move |c| {
            let first_unread = unreads::first(c, id, me)?;
            let page = draw(c, Wanted { before, new: new.or(first_unread), rows, edit, ..Wanted::default() })?;
            // Older texts show nothing that is new.
            let shown = if before.is_none() { messages::newest(c, id)? } else { None };
            Ok((page, shown, first_unread.is_some()))
        })
        .await?;
    if let Some(shown) = shown.filter(|_| is_unread || shell(&page).bell.count.is_some()) {
        site.write(move |tx| services::mark_read(tx, me, id, shown)).await?;
    }
    Ok(page)
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}
