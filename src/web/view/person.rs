use crate::domain::{UserId, initials};

/// How many avatar colours the style sheet has (`hue-0` …).
const HUES: i64 = 8;

/// A person as a picture and a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub id: UserId,
    pub name: String,
    /// At most two letters.
    pub initials: String,
    /// 0 to 7, the same on every page.
    pub hue: u8,
}

impl Face {
    pub fn new(id: UserId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            initials: initials(name),
            hue: u8::try_from(id.rem_euclid(HUES)).unwrap_or_default(),
        }
    }
}
