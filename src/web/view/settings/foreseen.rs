use crate::web::view::Face;

/// What a change of permissions would do: a part of every page that previews one.
#[derive(Debug, Clone, Default)]
pub struct Foreseen {
    /// What holds for all conversations, also for those that were not looked at.
    pub general: Vec<String>,
    /// How many conversations were looked at, if not all.
    pub looked_at: Option<String>,
    /// Would reach nobody, and reach somebody now.
    pub silenced: Conversations,
    /// Would reach nobody, and reach nobody now either.
    pub silent_already: Conversations,
    /// Only people without a device would be told, and a device rings now.
    pub unheard: Conversations,
    /// People for whom conversations come or go.
    pub groups: Vec<Group>,
}

/// People of one kind, the first ten of them.
#[derive(Debug, Clone)]
pub struct Group {
    pub title: &'static str,
    pub people: Vec<Person>,
    /// "and 40 more people".
    pub more: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub face: Face,
    pub changes: Vec<Change>,
}

/// The conversations that somebody gains, loses, hears of or hears of no more.
#[derive(Debug, Clone)]
pub struct Change {
    /// `gains`, `loses`, `begins`, `stops`, or two of them.
    pub kind: String,
    pub words: String,
    pub conversations: Conversations,
}

/// A list of conversations: the first ten that this reader sees, and how many more there are.
#[derive(Debug, Clone, Default)]
pub struct Conversations {
    /// "12", "1,000+"; empty if there are none.
    pub count: String,
    /// Title and address.
    pub shown: Vec<(String, String)>,
    /// "and 40 more".
    pub more: Option<String>,
    /// "3 conversations you do not see".
    pub unseen: Option<String>,
}

impl Conversations {
    pub fn is_empty(&self) -> bool {
        self.count.is_empty()
    }
}
