use crate::domain::MessageTemplateId;

/// Where one writes.
#[derive(Debug, Clone)]
pub struct Composer {
    pub state: ComposerState,
    /// What the sender should know before they send: "You will not be told of the reply …".
    pub warning: Option<String>,
    /// What was typed and refused; else empty.
    pub body: String,
    pub replies: SavedReplies,
    pub error: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComposerState {
    Open,
    /// There, but locked, and this is why: "Karen has opted out …".
    Locked(String),
    /// Not there, because this person may only read; says so.
    Absent(String),
}

impl Composer {
    /// Why there is no composer.
    pub fn absent(&self) -> Option<&str> {
        match &self.state {
            ComposerState::Absent(why) => Some(why),
            _ => None,
        }
    }

    /// Why the composer is locked.
    pub fn locked(&self) -> Option<&str> {
        match &self.state {
            ComposerState::Locked(why) => Some(why),
            _ => None,
        }
    }
}

/// The templates that can be put into the box.
#[derive(Debug, Clone, Default)]
pub struct SavedReplies {
    /// Where the form goes to come back with one filled in.
    pub address: String,
    /// By name.
    pub choices: Vec<SavedReply>,
    /// This person may write some.
    pub may_edit: bool,
    /// What the one just chosen could not fill in, in a sentence.
    pub missing: Option<String>,
}

#[derive(Debug, Clone)]
pub struct SavedReply {
    pub id: MessageTemplateId,
    pub name: String,
    /// How it begins.
    pub beginning: String,
}

impl SavedReplies {
    /// There is something to choose, or to begin with.
    pub fn is_there(&self) -> bool {
        !self.choices.is_empty() || self.may_edit
    }
}
