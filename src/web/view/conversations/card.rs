use crate::domain::ClientId;
use crate::web::view::consent::ConsentLine;

/// The right pane: what is known of who is on the other side.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Whom this person may know by name; empty for an unknown phone.
    pub clients: Vec<CardClient>,
    /// There are clients, but this person may open none of their records.
    pub is_out_of_reach: bool,
    /// The outside phone, as people write it.
    pub phone: String,
    /// "Opted out since Monday 3 March 2025, 14:05", while so.
    pub opted_out: Option<String>,
    /// What the phone agreed to and withdrew: the newest few.
    pub consents: Vec<ConsentLine>,
}

#[derive(Debug, Clone)]
pub struct CardClient {
    pub id: ClientId,
    pub name: String,
    pub initials: String,
    /// 0 to 7, like a person's.
    pub hue: u8,
    /// "Lead", "Customer".
    pub status: Option<String>,
    /// A word of the style sheet.
    pub status_colour: String,
    /// What there is to know: ("E-mail", "ann@example.com"), ("Sales Person", "Dana Reyes").
    pub facts: Vec<(String, String)>,
}
