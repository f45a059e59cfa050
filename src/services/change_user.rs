use chrono::NaiveDateTime;

use super::administering::{actor, must_administer};
use super::hand_over::{self, HandOver, who_gets_it};
use super::scheduling::skip_those_of;
use super::{By, Done, Error};
use crate::assignment_policy::is_last_owner;
use crate::domain::{BuiltInRole, Permissions, RoleId, Topic, UserId};
use crate::store::roles::Role;
use crate::store::users::{self, User};
use crate::store::{DbConnection, Writer, hand_overs, invites, password_resets, roles, sessions};

/// What an admin decides about somebody. What is absent stays as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Change {
    pub role_id: Option<RoleId>,
    pub active: Option<bool>,
    /// What becomes of what they hold, when they are let out or already are.
    pub hand_over: HandOver,
}

/// A change that is allowed, and not yet made.
#[derive(Debug, Clone)]
pub struct ProposedUser {
    /// As they are now.
    pub user: User,
    /// Another one than they have.
    pub role: Option<Role>,
    pub active: bool,
    pub hand_over: HandOver,
    /// Who gets what they hold.
    pub taker: Option<User>,
}

impl ProposedUser {
    /// What they may do then.
    pub fn may(&self) -> &Permissions {
        self.role.as_ref().map_or(&self.user.may, |role| &role.may)
    }
}

/// Checks a change and answers what it would be: for the preview, and for saving.
pub fn propose_user(connection: &mut DbConnection, by: &By, target: UserId, change: &Change) -> Done<ProposedUser> {
    let user = users::find(connection, target)?.ok_or(Error::NotFound)?;
    let me = actor(connection, by)?;
    must_administer(&me, &user.may)?;
    let role = wanted_role(connection, &me, &user, change.role_id)?;
    let active = change.active.unwrap_or(user.active);
    if !active && target == by.user.id {
        return Err(Error::Invalid("You cannot deactivate yourself. Ask another admin.".to_owned()));
    }
    keep_an_owner(connection, &user, role.as_ref(), active)?;
    let hand_over = change.hand_over;
    if active && hand_over != HandOver::Leave {
        return Err(Error::Invalid("Only what a deactivated person holds can be handed over.".to_owned()));
    }
    let taker = match hand_over {
        HandOver::To(to) => Some(who_gets_it(connection, target, to)?),
        HandOver::Leave | HandOver::Remove => None,
    };
    let role = role.filter(|role| role.id != user.role_id);
    Ok(ProposedUser { user, role, active, hand_over, taker })
}

/// Changes somebody's role, lets them in or out. Everything holds at once, in open tabs too.
///
/// Out: their sessions, live streams and push subscriptions end, and the links that they made for others.
pub fn change_user(tx: &mut Writer<'_>, by: &By, target: UserId, change: &Change, now: NaiveDateTime) -> Done<()> {
    let ProposedUser { user, role, active, hand_over, .. } = propose_user(tx, by, target, change)?;
    if let Some(role) = role {
        users::set_role(tx, target, role.id)?;
        let detail = format!("{} → {}", user.role, role.name);
        by.record(tx, "user.role_changed", format_args!("user {target}"), &detail, now)?;
        tx.announce(Topic::Permissions(target));
    }
    if active != user.active {
        set_active(tx, by, target, active, now)?;
    }
    hand_over::begin(tx, by, target, hand_over, now)
}

fn wanted_role(connection: &mut DbConnection, me: &User, user: &User, wanted: Option<RoleId>) -> Done<Option<Role>> {
    let Some(wanted) = wanted else { return Ok(None) };
    let role = roles::find(connection, wanted)?
        .ok_or_else(|| Error::Invalid("There is no such role. Choose one.".to_owned()))?;
    if role.id != user.role_id {
        must_administer(me, &role.may)?;
    }
    Ok(Some(role))
}

fn keep_an_owner(connection: &mut DbConnection, user: &User, role: Option<&Role>, active: bool) -> Done<()> {
    let stays = role.is_none_or(|role| role.built_in == Some(BuiltInRole::Owner));
    if active && stays || !is_last_owner(&users::active_owners(connection)?, user.id) {
        return Ok(());
    }
    let name = &user.name;
    Err(Error::Invalid(format!("{name} is the last active Owner. Make somebody else Owner first.")))
}

fn set_active(tx: &mut Writer<'_>, by: &By, target: UserId, active: bool, now: NaiveDateTime) -> Done<()> {
    users::set_active(tx, target, active)?;
    // Who is back keeps what they still hold
    hand_overs::end(tx, target, now)?;
    if !active {
        skip_those_of(tx, target, now)?;
        sessions::delete_of_user(tx, target)?;
        password_resets::delete(tx, target)?;
        password_resets::delete_made_by(tx, target)?;
        let withdrawn = invites::delete_made_by(tx, target)?;
        if withdrawn > 0 {
            let detail = format!("{withdrawn} that they had made");
            by.record(tx, "invite.withdrawn", format_args!("user {target}"), &detail, now)?;
        }
    }
    let action = if active { "user.activated" } else { "user.deactivated" };
    by.record(tx, action, format_args!("user {target}"), "", now)?;
    tx.announce(Topic::Permissions(target));
    Ok(())
}
