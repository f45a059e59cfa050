use super::text_enum;

text_enum! {
    /// Where a phone of a client rings.
    pub enum PhoneKind {
        Mobile = "mobile",
        Home = "home",
        Office = "office",
    }
}

impl PhoneKind {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mobile => "Mobile",
            Self::Home => "Home",
            Self::Office => "Office",
        }
    }
}

text_enum! {
    /// What happened to a client record.
    pub enum ClientActivityKind {
        Created = "created",
        Imported = "imported",
        Edited = "edited",
        LeadStatus = "lead_status",
        Position = "position",
        Phone = "phone",
        Linked = "linked",
        Unlinked = "unlinked",
    }
}
