use chrono::NaiveDateTime;

use super::by::record;
use super::{Done, Error};
use crate::domain::{BuiltInRole, RoleId, UserId};
use crate::store::users::{self, NewUser};
use crate::store::{Unique, Writer, roles};

pub struct NewPerson<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub role: BuiltInRole,
}

/// Adds somebody to the staff, from the command line or at the first run: nobody is signed in there.
pub fn add_user(tx: &mut Writer<'_>, new: &NewPerson<'_>, now: NaiveDateTime) -> Done<UserId> {
    check_name(new.name)?;
    let email = check_email(new.email)?;
    let role_id = roles::built_in(tx, new.role)?;
    let id = insert(tx, new.name, email, new.password_hash, role_id, now)?;
    record(tx, None, "user.added", format_args!("user {id}"), new.role.name(), "", now)?;
    Ok(id)
}

/// A user row; an e-mail address is of one person only.
pub(super) fn insert(
    tx: &mut Writer<'_>,
    name: &str,
    email: &str,
    password_hash: &str,
    role_id: RoleId,
    now: NaiveDateTime,
) -> Done<UserId> {
    users::insert(tx, &NewUser { name, email, password_hash, role_id }, now).map_err(|error| {
        if error.violates(Unique::UserEmail) { Error::Invalid(TAKEN.to_owned()) } else { error.into() }
    })
}

pub(super) const TAKEN: &str = "Somebody with that e-mail address is here already.";

pub(super) fn check_name(name: &str) -> Done<&str> {
    match name.trim() {
        "" => Err(Error::Invalid("Enter a name.".to_owned())),
        name => Ok(name),
    }
}

pub(super) fn check_email(email: &str) -> Done<&str> {
    let email = email.trim();
    if email.chars().count() > users::LONGEST_EMAIL
        || email.chars().any(char::is_whitespace)
        || !email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
    {
        return Err(Error::Invalid("Enter an e-mail address, as name@company.com.".to_owned()));
    }
    Ok(email)
}
