use chrono::NaiveDateTime;

use super::{Done, Error};
use crate::domain::{BuiltInRole, UserId};
use crate::store::audit::{self, Entry};
use crate::store::users::{self, NewUser};
use crate::store::{Unique, Writer, roles};

pub struct NewPerson<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub role: BuiltInRole,
}

/// Adds somebody to the staff, from the command line or at the first run.
pub fn add_user(tx: &mut Writer<'_>, new: &NewPerson<'_>, now: NaiveDateTime) -> Done<UserId> {
    if new.name.trim().is_empty() {
        return Err(Error::Invalid("Enter a name.".to_owned()));
    }
    let email = new.email.trim();
    if email.chars().count() > users::LONGEST_EMAIL
        || email.chars().any(char::is_whitespace)
        || !email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
    {
        return Err(Error::Invalid("Enter an e-mail address, as name@company.com.".to_owned()));
    }
    let role_id = roles::built_in(tx, new.role)?;
    let user = NewUser { name: new.name, email, password_hash: new.password_hash, role_id };
    let id = users::insert(tx, &user, now).map_err(|error| {
        if error.violates(Unique::UserEmail) {
            Error::Invalid("Somebody with that e-mail address is here already.".to_owned())
        } else {
            error.into()
        }
    })?;
    let subject = format!("user {id}");
    let entry = Entry { actor: None, action: "user.added", subject: &subject, detail: new.role.name(), address: "" };
    audit::record(tx, &entry, now)?;
    Ok(id)
}
