use crate::domain::ConversationId;
use crate::web::view::{Face, TimeLabel};

/// How many faces fit beside a name.
const FACES: usize = 3;

/// One conversation in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: ConversationId,
    /// The client's name (several: "Ann and Bob Hill"), else the phone.
    pub title: String,
    /// The last text, one line.
    pub preview: String,
    /// "You", "Dana" before an outbound preview; none for the client's own words.
    pub preview_by: Option<String>,
    /// Time of the last text.
    pub time: TimeLabel,
    pub unread: bool,
    pub assigned: Vec<Face>,
    pub closed: bool,
    pub blocked: bool,
    /// Why it needs attention: "The last text failed".
    pub attention: Option<String>,
    /// Somebody is assigned, but a text would notify none of them: "Nobody who is assigned can be told".
    pub silent: Option<String>,
    /// It is the one that is open beside the list.
    pub selected: bool,
}

impl Row {
    pub fn faces(&self) -> impl Iterator<Item = &Face> {
        self.assigned.iter().take(FACES)
    }

    /// How many more there are than `faces` shows.
    pub fn more_faces(&self) -> usize {
        self.assigned.len().saturating_sub(FACES)
    }

    /// "Assigned to Dana Reyes, Michael Scott", for those who do not see the faces.
    pub fn assigned_names(&self) -> String {
        let names: Vec<&str> = self.assigned.iter().map(|face| face.name.as_str()).collect();
        names.join(", ")
    }
}
