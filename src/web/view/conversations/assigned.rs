use crate::web::view::Face;

/// Who is responsible, and who could be.
#[derive(Debug, Clone, Default)]
pub struct Assigned {
    pub chips: Vec<Chip>,
    /// The green plus is there: somebody may be assigned by this person, now or in principle.
    pub may_assign: bool,
    /// Whom this person may assign and is not assigned yet.
    pub candidates: Vec<Candidate>,
    /// Listed greyed, with the reason.
    pub unpickable: Vec<Unpickable>,
}

/// One assignment.
#[derive(Debug, Clone)]
pub struct Chip {
    pub face: Face,
    pub may_remove: bool,
    /// "Assigned by Dana, Tue 9:41 AM", for the tooltip.
    pub note: String,
    /// Assigned, and yet no bell rings: "cannot be told (No access)".
    pub silent: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Candidate {
    pub face: Face,
    /// "Sales Person"; "Sales Person · you".
    pub note: String,
}

#[derive(Debug, Clone)]
pub struct Unpickable {
    pub face: Face,
    /// "No access to SMS Conversations", "Deactivated".
    pub reason: String,
}
