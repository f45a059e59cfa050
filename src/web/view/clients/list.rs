use askama::Template;

use super::ClientsQuery;
use crate::domain::{ClientId, LeadStatusId, UserId};
use crate::web::view::{Face, PageParts, Shell};

/// How many faces fit beside a client.
const FACES: usize = 4;

/// `GET /clients`.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/index.html", blocks = ["clients", "more_clients"])]
pub struct ClientsPage {
    pub shell: Shell,
    pub query: ClientsQuery,
    /// Newest first.
    pub rows: Vec<ClientRow>,
    /// `/clients?…&before=ID`, where there are older ones.
    pub next: Option<String>,
    pub statuses: Vec<(LeadStatusId, String)>,
    pub people: Vec<(UserId, String)>,
    /// They see all clients, so that *Mine* is a choice.
    pub sees_all: bool,
    pub may_create: bool,
    pub may_import: bool,
}

impl ClientsPage {
    /// What an empty list says: (what is so, what to do about it).
    pub fn nothing(&self) -> (&'static str, &'static str) {
        let query = &self.query;
        if !query.q.is_empty() {
            return (
                "Nobody found",
                "Search looks at names, companies, e-mail, addresses and phones. Try fewer letters.",
            );
        }
        if query.before.is_some() {
            return ("Nothing older", "These were all of them.");
        }
        if query.status.is_some() || query.holder.is_some() {
            return ("Nobody here", "No client is like this at the moment. Take a filter off to see others.");
        }
        if query.opted_out {
            return ("Nobody has opted out", "Clients who answer STOP are listed here.");
        }
        if query.mine || !self.sees_all {
            return ("No client is yours yet", "Clients appear here when you hold a position on their record.");
        }
        ("No clients yet", "Enter the first one, or bring them along in a CSV file.")
    }
}

impl PageParts for ClientsPage {
    fn part(&self, target: &str) -> askama::Result<String> {
        match target {
            "more-clients" => self.as_more_clients().render(),
            _ => self.as_clients().render(),
        }
    }
}

/// One client in the list.
#[derive(Debug, Clone)]
pub struct ClientRow {
    pub id: ClientId,
    pub name: String,
    /// Beside the name; none where it is the name.
    pub company: Option<String>,
    pub initials: String,
    /// 0 to 7, like a person's.
    pub hue: u8,
    pub status: String,
    pub status_colour: String,
    /// The one that texts go to, as people write it.
    pub phone: Option<String>,
    pub opted_out: bool,
    /// Each person once.
    pub holders: Vec<Face>,
    /// "Sales Person: Dana Reyes, Project Manager: Bob Lind".
    pub holders_in_words: String,
}

impl ClientRow {
    pub fn faces(&self) -> impl Iterator<Item = &Face> {
        self.holders.iter().take(FACES)
    }

    /// How many more there are than `faces` shows.
    pub fn more_faces(&self) -> usize {
        self.holders.len().saturating_sub(FACES)
    }
}
