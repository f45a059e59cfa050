//! What a client record is to say, and whether it may say so.

use std::collections::BTreeMap;

use super::{Done, Error};
use crate::domain::{PositionId, UserId};
use crate::store::client_phones::ClientPhone;
use crate::store::clients::Fields;
use crate::store::{DbConnection, lead_statuses, positions, users};

/// Everything on a record that people enter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientDetails {
    pub fields: Fields,
    /// At most one is for texting; without one, texts go to the first.
    pub phones: Vec<ClientPhone>,
    /// Who holds which position; the others are empty.
    pub holders: BTreeMap<PositionId, UserId>,
}

const LONGEST_NAME: usize = 120;
const LONGEST_LINE: usize = 500;
const LONGEST_NOTES: usize = 10_000;
/// More than this a record does not keep.
pub(super) const MOST_PHONES: usize = 10;

impl ClientDetails {
    /// Tidied, or why it cannot be kept. `before` are the holders so far: who was deactivated may stay, not come.
    pub fn checked(&self, connection: &mut DbConnection, before: &BTreeMap<PositionId, UserId>) -> Done<ClientDetails> {
        let details = self.tidied()?;
        if !lead_statuses::all(connection)?.iter().any(|status| status.id == details.fields.lead_status_id) {
            return invalid("Choose a lead status.");
        }
        let known = positions::all(connection)?;
        for (position, user) in &details.holders {
            if !known.iter().any(|one| one.id == *position) {
                return invalid("One of the positions is not there any more. Open the page again.");
            }
            let holder = users::find(connection, *user)?;
            match holder {
                Some(user) if user.active || before.get(position) == Some(&user.id) => {}
                Some(user) => {
                    return Err(Error::Invalid(format!("{} is deactivated. Choose somebody else.", user.name)));
                }
                None => return invalid("One of the people is not there any more. Open the page again."),
            }
        }
        Ok(details)
    }

    /// What can be said without the company's lists: words tidied, lengths kept, one phone for texting. All that is
    /// wrong is said at once.
    pub(super) fn tidied(&self) -> Done<ClientDetails> {
        let mut faults = Vec::new();
        let details = Self {
            fields: fields(&self.fields, &mut faults),
            phones: phones(&self.phones, &mut faults),
            holders: self.holders.clone(),
        };
        if faults.is_empty() { Ok(details) } else { Err(Error::Invalid(faults.join(" "))) }
    }
}

fn invalid<T>(why: &str) -> Done<T> {
    Err(Error::Invalid(why.to_owned()))
}

fn fields(given: &Fields, faults: &mut Vec<&str>) -> Fields {
    let mut fields = given.clone();
    let names = [&mut fields.first_name, &mut fields.last_name, &mut fields.company];
    if tidy(names, LONGEST_NAME) {
        faults.push("Use at most 120 characters for each name.");
    }
    if tidy([&mut fields.email, &mut fields.address, &mut fields.lead_source], LONGEST_LINE) {
        faults.push("Use at most 500 characters for e-mail, address and lead source.");
    }
    fields.notes = fields.notes.trim().replace("\r\n", "\n");
    if fields.notes.chars().count() > LONGEST_NOTES {
        faults.push("Use at most 10,000 characters for the notes.");
    }
    if [&fields.first_name, &fields.last_name, &fields.company].into_iter().all(String::is_empty) {
        faults.push("Enter a name or a company.");
    }
    let looks_like_email =
        |text: &str| text.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    if !fields.email.is_empty() && (!looks_like_email(&fields.email) || fields.email.contains(' ')) {
        faults.push("Enter the e-mail address as name@example.com, or leave it empty.");
    }
    fields.time_zone = fields.time_zone.filter(|zone| !zone.trim().is_empty());
    if fields.time_zone.as_ref().is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_err()) {
        faults.push("Choose the time zone from the list.");
    }
    fields
}

/// Each on one line. Answers whether one of them is too long.
fn tidy(words: [&mut String; 3], longest: usize) -> bool {
    let mut too_long = false;
    for word in words {
        *word = one_line(word);
        too_long |= word.chars().count() > longest;
    }
    too_long
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn phones(given: &[ClientPhone], faults: &mut Vec<&str>) -> Vec<ClientPhone> {
    if given.len() > MOST_PHONES {
        faults.push("A record keeps at most 10 phones.");
    }
    let twice =
        given.iter().enumerate().any(|(at, one)| given.iter().skip(at + 1).any(|other| other.phone == one.phone));
    if twice {
        faults.push("The same phone stands there twice.");
    }
    let chosen = given.iter().position(|phone| phone.texting).unwrap_or(0);
    given.iter().enumerate().map(|(at, phone)| ClientPhone { texting: at == chosen, ..phone.clone() }).collect()
}
