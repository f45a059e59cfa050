//! What each phone agreed to and withdrew. Lines are only ever added.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{consents, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{ConsentId, ConsentKind, ConsentSource, ConversationId, MessageId, UserId};

pub struct NewConsent<'a> {
    pub phone: &'a str,
    pub kind: ConsentKind,
    pub source: ConsentSource,
    /// Who noted it; nobody for what a client or a gateway said.
    pub user: Option<UserId>,
    pub conversation: Option<ConversationId>,
    pub message: Option<MessageId>,
    pub note: &'a str,
}

/// A line as it is read.
#[derive(Debug, Clone, Queryable)]
pub struct Consent {
    pub id: ConsentId,
    pub kind: ConsentKind,
    pub source: ConsentSource,
    /// Their name today.
    pub user: Option<String>,
    pub note: String,
    pub at: NaiveDateTime,
}

pub fn insert(tx: &mut Writer<'_>, new: &NewConsent<'_>, now: NaiveDateTime) -> Stored<()> {
    diesel::insert_into(consents::table)
        .values((
            consents::phone.eq(new.phone),
            consents::kind.eq(new.kind),
            consents::source.eq(new.source),
            consents::user_id.eq(new.user),
            consents::conversation_id.eq(new.conversation),
            consents::message_id.eq(new.message),
            consents::note.eq(new.note),
            consents::at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Newest first, from the one before `before` on.
pub fn page(connection: &mut DbConnection, phone: &str, before: Option<ConsentId>, limit: i64) -> Stored<Vec<Consent>> {
    Ok(consents::table
        .left_join(users::table)
        .filter(consents::phone.eq(phone).and(consents::id.lt(before.unwrap_or(ConsentId::MAX))))
        .order(consents::id.desc())
        .limit(limit)
        .select((consents::id, consents::kind, consents::source, users::name.nullable(), consents::note, consents::at))
        .load(connection)?)
}
