use chrono::{Duration, NaiveDateTime};

use super::add_user::{TAKEN, check_email, check_name};
use super::administering::{actor, must_administer};
use super::{By, Done, Error};
use crate::domain::{InviteId, RoleId};
use crate::store::invites::{self, Invite, NewInvite};
use crate::store::{Unique, Writer, roles, users};

/// A link that nobody opened opens nothing after so long.
const VALID: Duration = Duration::days(7);

const LONGEST_NAME: usize = 120;

/// Who is asked to join.
pub struct Invited<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub role_id: RoleId,
}

/// Asks somebody to join, by a link that carries the secret of this hash.
pub fn invite(tx: &mut Writer<'_>, by: &By, who: &Invited<'_>, token_hash: &str, now: NaiveDateTime) -> Done<InviteId> {
    let name = check_name(who.name)?;
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::Invalid(format!("Use at most {LONGEST_NAME} characters for the name.")));
    }
    let email = users::account(check_email(who.email)?);
    let role = roles::find(tx, who.role_id)?.ok_or_else(|| Error::Invalid("Choose a role.".to_owned()))?;
    must_administer(&actor(tx, by)?, &role.may)?;
    if users::credentials(tx, &email)?.is_some() {
        return Err(Error::Invalid(TAKEN.to_owned()));
    }
    let new = NewInvite {
        token_hash,
        name,
        email: &email,
        role_id: role.id,
        invited_by: by.user.id,
        expires_at: now + VALID,
    };
    let id = invites::insert(tx, &new, now).map_err(|error| {
        if error.violates(Unique::InviteEmail) {
            Error::Invalid("That e-mail address is invited already. Make a new link for it in the list.".to_owned())
        } else {
            error.into()
        }
    })?;
    by.record(tx, "invite.made", format_args!("invite {id}"), &format!("{email}, {}", role.name), now)?;
    Ok(id)
}

/// A new link in place of the old one, valid for as long.
pub fn renew_invite(tx: &mut Writer<'_>, by: &By, id: InviteId, token_hash: &str, now: NaiveDateTime) -> Done<()> {
    let invite = decidable(tx, by, id)?;
    invites::renew(tx, id, token_hash, by.user.id, now + VALID)?;
    Ok(by.record(tx, "invite.renewed", format_args!("invite {id}"), &invite.email, now)?)
}

pub fn withdraw_invite(tx: &mut Writer<'_>, by: &By, id: InviteId, now: NaiveDateTime) -> Done<()> {
    let invite = decidable(tx, by, id)?;
    invites::delete(tx, id)?;
    Ok(by.record(tx, "invite.withdrawn", format_args!("invite {id}"), &invite.email, now)?)
}

fn decidable(tx: &mut Writer<'_>, by: &By, id: InviteId) -> Done<Invite> {
    let invite = invites::find(tx, id)?.ok_or(Error::NotFound)?;
    let role = roles::find(tx, invite.role_id)?.ok_or(Error::NotFound)?;
    must_administer(&actor(tx, by)?, &role.may)?;
    Ok(invite)
}
