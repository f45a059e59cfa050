use super::text_enum;

text_enum! {
    /// How much a push shows on a screen that others may see. The list of notifications in the app shows everything.
    pub enum NotificationPrivacy {
        /// Who wrote, and what.
        Full = "full",
        /// Who wrote.
        Name = "name",
        /// That there is something.
        None = "none",
    }
}

impl NotificationPrivacy {
    /// As people choose it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "Name and text",
            Self::Name => "Name only",
            Self::None => "Neither name nor text",
        }
    }
}
