use super::{Done, Error};
use crate::domain::{Topic, UserId};
use crate::store::{Writer, users};

/// Somebody is called otherwise, on every page from now on.
pub fn rename(tx: &mut Writer<'_>, user: UserId, name: &str) -> Done<()> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Error::Invalid("Enter your name.".to_owned())),
        121.. => Err(Error::Invalid("Use at most 120 characters.".to_owned())),
        _ => {
            let known = users::find(tx, user)?.ok_or(Error::NotFound)?;
            if known.name != name {
                users::set_name(tx, user, name)?;
                tx.announce(Topic::Everyone);
            }
            Ok(())
        }
    }
}
