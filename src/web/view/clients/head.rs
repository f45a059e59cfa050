use crate::domain::ClientId;

/// What every page of a record begins with.
#[derive(Debug, Clone)]
pub struct RecordHead {
    pub id: ClientId,
    pub name: String,
    pub initials: String,
    /// 0 to 7, like a person's.
    pub hue: u8,
    /// Beside the name; none where it is the name.
    pub company: Option<String>,
    pub status: String,
    /// A word of the style sheet: `blue`, `teal`.
    pub status_colour: String,
    pub tab: RecordTab,
    /// The tab *SMS* is there: SMS access Read or more.
    pub shows_sms: bool,
    pub may_edit: bool,
    pub may_delete: bool,
}

/// The tabs of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordTab {
    Record,
    Sms,
}

impl RecordHead {
    pub fn is_on_sms(&self) -> bool {
        self.tab == RecordTab::Sms
    }
}
