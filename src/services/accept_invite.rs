use chrono::NaiveDateTime;

use super::administering::still_administers;
use super::by::record;
use super::{Done, Error, add_user};
use crate::domain::UserId;
use crate::store::invites::{self, Invite};
use crate::store::{DbConnection, Stored, Writer, roles};

/// What somebody brings who was invited.
pub struct NewStaff<'a> {
    /// Of the secret in their link.
    pub token_hash: &'a str,
    pub password_hash: &'a str,
    /// The network address they come from.
    pub address: &'a str,
}

/// The invite behind a link, while it is valid: in time, and whoever made it may still give that role as it is now.
pub fn open_invite(connection: &mut DbConnection, token_hash: &str, now: NaiveDateTime) -> Stored<Option<Invite>> {
    let invite = invites::with_token(connection, token_hash)?.filter(|invite| invite.expires_at > now);
    let Some(invite) = invite else { return Ok(None) };
    let Some(role) = roles::find(connection, invite.role_id)? else { return Ok(None) };
    Ok(still_administers(connection, invite.invited_by_id, &role.may)?.then_some(invite))
}

/// Makes a user of an invite, which is gone then.
pub fn accept_invite(tx: &mut Writer<'_>, new: &NewStaff<'_>, now: NaiveDateTime) -> Done<UserId> {
    let invite = open_invite(tx, new.token_hash, now)?.ok_or(Error::NotFound)?;
    let user = add_user::insert(tx, &invite.name, &invite.email, new.password_hash, invite.role_id, now)?;
    invites::delete(tx, invite.id)?;
    let by = invite.invited_by.map(|who| format!(", invited by {who}")).unwrap_or_default();
    let detail = format!("as {}{by}", invite.role);
    record(tx, Some(user), "invite.accepted", format_args!("user {user}"), &detail, new.address, now)?;
    Ok(user)
}
