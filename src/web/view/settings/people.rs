use askama::Template;

use super::{Changed, Foreseen};
use crate::domain::{InviteId, RoleId, UserId};
use crate::web::view::{Face, PageParts, Shell, TimeLabel};

/// `GET /settings/users`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/users/index.html")]
pub struct UsersPage {
    pub shell: Shell,
    /// What is searched for.
    pub q: String,
    /// In the order of names.
    pub rows: Vec<UserRow>,
    /// Address of those after them.
    pub next: Option<String>,
    /// Who was asked to join, on the first page only.
    pub invites: Vec<InviteRow>,
    /// There are more than these.
    pub more_invites: bool,
}

#[derive(Debug, Clone)]
pub struct UserRow {
    pub face: Face,
    pub email: String,
    pub role: String,
    /// Positions held on client records: "3", "99+".
    pub positions: String,
    pub active: bool,
    pub is_me: bool,
    /// When a browser that is signed in was used last.
    pub last_seen: Option<TimeLabel>,
}

#[derive(Debug, Clone)]
pub struct InviteRow {
    pub id: InviteId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub invited_by: Option<String>,
    pub expires: TimeLabel,
    pub expired: bool,
    /// False for a role that may do more than whoever looks.
    pub may_change: bool,
}

/// `GET /settings/invites`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/invites/index.html")]
pub struct InvitesPage {
    pub shell: Shell,
    pub invites: Vec<InviteRow>,
    pub next: Option<String>,
}

/// `GET /settings/invites/new`, and the answer to one that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/invites/new.html")]
pub struct NewInvitePage {
    pub shell: Shell,
    pub name: String,
    pub email: String,
    /// (id, name, chosen).
    pub roles: Vec<(RoleId, String, bool)>,
    pub error: Option<String>,
}

/// A secret link, shown once.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/invites/link.html")]
pub struct LinkMadePage {
    pub shell: Shell,
    pub title: String,
    pub lead: String,
    pub link: String,
    /// For how long: "7 days".
    pub valid: String,
    /// Words and address.
    pub way_back: (String, String),
}

/// `GET /settings/users/{id}`, and the answer to a change that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/users/show.html", blocks = ["hand_over"])]
pub struct UserPage {
    pub shell: Shell,
    pub face: Face,
    pub email: String,
    pub role: String,
    pub active: bool,
    pub is_me: bool,
    /// False for somebody who may do more than whoever looks.
    pub may_change: bool,
    pub is_last_owner: bool,
    /// (id, name, chosen).
    pub roles: Vec<(RoleId, String, bool)>,
    pub conversations: Holding,
    pub positions: Holding,
    /// How many texts of theirs wait to be sent: "2", "99+".
    pub scheduled: Option<String>,
    pub automations: Holding,
    pub last_seen: Option<TimeLabel>,
    /// How many are signed in: "2", "99+".
    pub browsers: String,
    pub has_device: bool,
    pub progress: Option<Progress>,
    /// Who can take over what they hold; then those who cannot.
    pub takers: Vec<Taker>,
    /// `leave`, `remove` or `to`, as it was sent.
    pub hand_over: String,
    pub taker: Option<UserId>,
    pub error: Option<String>,
}

impl UserPage {
    fn is_taker(&self, id: &UserId) -> bool {
        self.taker == Some(*id)
    }
}

impl PageParts for UserPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_hand_over().render()
    }
}

/// Somebody who might get what another one holds.
#[derive(Debug, Clone)]
pub struct Taker {
    pub id: UserId,
    pub name: String,
    /// Why they cannot: "no access to SMS Conversations".
    pub unpickable: Option<String>,
}

/// The answer to `POST /settings/users/{id}` with `preview=yes`: nothing is saved yet.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/users/preview.html")]
pub struct UserPreviewPage {
    pub shell: Shell,
    pub face: Face,
    /// Everything that saving needs: field and value.
    pub fields: Vec<(&'static str, String)>,
    /// Empty if nothing would change.
    pub changes: Vec<Changed>,
    /// It is whoever looks.
    pub own: bool,
    /// What saving could not take back.
    pub last_chance: Option<String>,
    /// For this person.
    pub sentences: Vec<String>,
    pub deactivates: bool,
    /// What becomes of what they hold, where they are let out.
    pub held: Option<Held>,
    pub foreseen: Foreseen,
}

/// What somebody holds and what would become of it.
#[derive(Debug, Clone)]
pub struct Held {
    /// "Assignments and positions stay with Eve Leaving."
    pub words: String,
    pub conversations: Holding,
    pub positions: Holding,
}

/// What somebody holds of one kind.
#[derive(Debug, Clone)]
pub struct Holding {
    /// "12", "99+".
    pub count: String,
    pub is_empty: bool,
    /// Some of it: words and address.
    pub named: Vec<(String, String)>,
    /// There is more than what is named.
    pub more: bool,
}

/// How far a hand-over got.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Who gets it; nobody if it is given up.
    pub to: Option<String>,
    pub conversations: i64,
    pub positions: i64,
    pub runs: bool,
}
