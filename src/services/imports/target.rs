use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::{PhoneKind, PositionId};
use crate::store::positions::Position;

/// What a column of a file means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Target {
    Ignore,
    FirstName,
    LastName,
    FullName,
    Company,
    Email,
    Phone(PhoneKind),
    /// The phone that texts go to, whichever kind it is.
    TextingPhone,
    Address,
    TimeZone,
    LeadStatus,
    LeadSource,
    Appointment,
    Notes,
    /// Name or e-mail of the user who holds it.
    Position(PositionId),
}

const PLAIN: [(Target, &str, &str); 15] = [
    (Target::Ignore, "ignore", "Do not import"),
    (Target::FirstName, "first_name", "First name"),
    (Target::LastName, "last_name", "Last name"),
    (Target::FullName, "full_name", "Full name"),
    (Target::Company, "company", "Company"),
    (Target::Email, "email", "E-mail"),
    (Target::Phone(PhoneKind::Mobile), "mobile", "Mobile phone"),
    (Target::Phone(PhoneKind::Home), "home", "Home phone"),
    (Target::Phone(PhoneKind::Office), "office", "Office phone"),
    (Target::TextingPhone, "texting_phone", "Phone for texts"),
    (Target::Address, "address", "Address"),
    (Target::TimeZone, "time_zone", "Time zone"),
    (Target::LeadStatus, "lead_status", "Lead status"),
    (Target::LeadSource, "lead_source", "Lead source"),
    (Target::Appointment, "appointment", "Appointment"),
];
const NOTES: (Target, &str, &str) = (Target::Notes, "notes", "Notes");
const POSITION: &str = "position:";

impl Target {
    /// Everything to choose from, with its words, in the order of a record.
    pub fn choices(positions: &[Position]) -> Vec<(Target, String)> {
        let plain = PLAIN.iter().chain([&NOTES]).map(|(target, _, words)| (*target, (*words).to_owned()));
        plain.chain(positions.iter().map(|one| (Self::Position(one.id), one.name.clone()))).collect()
    }

    /// Several columns may mean it: they are joined.
    pub fn may_repeat(self) -> bool {
        matches!(self, Self::Ignore | Self::Phone(_) | Self::Address | Self::Notes)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Position(id) = self {
            return write!(f, "{POSITION}{id}");
        }
        let word =
            PLAIN.iter().chain([&NOTES]).find(|(target, ..)| target == self).map_or("ignore", |(_, word, _)| word);
        f.write_str(word)
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        if let Some(id) = word.strip_prefix(POSITION) {
            return id.parse().map(Self::Position).map_err(|_| "no such position".to_owned());
        }
        let found = PLAIN.iter().chain([&NOTES]).find(|(_, known, _)| *known == word);
        found.map(|(target, ..)| *target).ok_or_else(|| "no such field".to_owned())
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

impl TryFrom<String> for Target {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        word.parse()
    }
}
