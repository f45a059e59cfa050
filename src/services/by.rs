use std::fmt::Display;

use chrono::NaiveDateTime;

use crate::domain::UserId;
use crate::store::audit::{self, Entry};
use crate::store::users::User;
use crate::store::{Stored, Writer};

/// Who does something that the audit log keeps, and from where.
#[derive(Debug, Clone)]
pub struct By {
    pub user: User,
    /// The network address it came from.
    pub address: String,
}

impl By {
    /// Writes down what they did to what: `user.deactivated`, `user 7`. Never a text's words, a password or a token.
    pub(super) fn record(
        &self,
        tx: &mut Writer<'_>,
        action: &str,
        subject: impl Display,
        detail: &str,
        now: NaiveDateTime,
    ) -> Stored<()> {
        record(tx, Some(self.user.id), action, subject, detail, &self.address, now)
    }
}

/// The same where nobody is signed in: the command line, a link that was opened.
pub(super) fn record(
    tx: &mut Writer<'_>,
    actor: Option<UserId>,
    action: &str,
    subject: impl Display,
    detail: &str,
    address: &str,
    now: NaiveDateTime,
) -> Stored<()> {
    audit::record(tx, &Entry { actor, action, subject: &subject.to_string(), detail, address }, now)
}
