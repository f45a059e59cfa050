use crate::domain::{ClientId, NumberId};
use crate::web::view::conversations::SavedReplies;

/// *Text* on a record, or why it is not there.
#[derive(Debug, Clone)]
pub enum Texting {
    Form(Box<TextForm>),
    NoPhone,
    MayOnlyRead,
}

/// Where one begins to write to a client.
#[derive(Debug, Clone)]
pub struct TextForm {
    pub client: ClientId,
    /// The record's phones: (E.164, label).
    pub phones: Vec<(String, String)>,
    /// The chosen one, as sent.
    pub phone: String,
    /// Our numbers: (id, label). With one there is nothing to choose.
    pub numbers: Vec<(NumberId, String)>,
    pub number_id: NumberId,
    pub body: String,
    /// A template was put into it.
    pub is_draft: bool,
    pub replies: SavedReplies,
    /// "You will not be told of the reply …".
    pub warning: Option<String>,
    pub error: Option<String>,
}

impl Texting {
    pub fn form(&self) -> Option<&TextForm> {
        match self {
            Self::Form(form) => Some(form),
            _ => None,
        }
    }

    pub fn lacks_phone(&self) -> bool {
        matches!(self, Self::NoPhone)
    }
}
