use askama::Template;

use crate::domain::{ClientId, ConversationId, LeadStatusId, PhoneKind, PositionId, UserId};
use crate::web::view::{Shell, ZoneGroup};

/// `GET /clients/new`, `GET /clients/{id}/edit`, and the answers to what was refused there.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/form.html")]
pub struct ClientFormPage {
    pub shell: Shell,
    /// The record that is edited; none for a new one.
    pub client: Option<Edited>,
    pub form: ClientForm,
    pub error: Option<String>,
    /// Records that may be the same person: shown once, before it is saved.
    pub resembling: Vec<Resembling>,
    /// The ids of all that were shown so far.
    pub shown: String,
    pub time_zones: Vec<ZoneGroup>,
    /// Where a new client comes from: the unknown caller's thread.
    pub conversation: Option<ConversationId>,
}

impl ClientFormPage {
    pub fn title(&self) -> String {
        match &self.client {
            Some(client) => format!("Edit {}", client.name),
            None => "New client".to_owned(),
        }
    }

    pub fn action(&self) -> String {
        match &self.client {
            Some(client) => format!("/clients/{}", client.id),
            None => "/clients".to_owned(),
        }
    }

    /// What the button does: after the hint it saves all the same.
    pub fn button(&self) -> &'static str {
        match (&self.client, self.resembling.is_empty()) {
            (None, true) => "Create client",
            (None, false) => "Create anyway",
            (Some(_), true) => "Save",
            (Some(_), false) => "Save anyway",
        }
    }

    /// Where *Cancel* leads.
    pub fn back(&self) -> String {
        match (&self.client, self.conversation) {
            (None, Some(conversation)) => format!("/conversations/{conversation}"),
            _ => self.action(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Edited {
    pub id: ClientId,
    pub name: String,
    /// The newest activity when the page was drawn.
    pub seen: i64,
    pub may_delete: bool,
    /// How many conversations stay when it is deleted.
    pub conversations: usize,
}

/// What stands in the fields.
#[derive(Debug, Clone)]
pub struct ClientForm {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub email: String,
    pub address: String,
    /// Empty for the company's.
    pub time_zone: String,
    pub company_zone: String,
    pub lead_status_id: LeadStatusId,
    pub statuses: Vec<(LeadStatusId, String)>,
    pub lead_source: String,
    /// As `datetime-local` wants it: "2026-11-30T14:00".
    pub appointment_at: String,
    pub notes: String,
    /// Filled ones first, then empty ones.
    pub phones: Vec<PhoneField>,
    pub positions: Vec<PositionChoice>,
}

impl ClientForm {
    pub fn has_status(&self, id: &LeadStatusId) -> bool {
        self.lead_status_id == *id
    }

    /// The phones there are, and one to fill in.
    pub fn first_phones(&self) -> impl Iterator<Item = &PhoneField> {
        self.phones.iter().take(self.filled() + 1)
    }

    /// Room for more.
    pub fn more_phones(&self) -> impl Iterator<Item = &PhoneField> {
        self.phones.iter().skip(self.filled() + 1)
    }

    pub fn has_more_phones(&self) -> bool {
        self.more_phones().next().is_some()
    }

    fn filled(&self) -> usize {
        self.phones.iter().filter(|phone| !phone.number.is_empty()).count()
    }
}

/// One phone: `phone_1`, `phone_kind_1`, `texting=1`.
#[derive(Debug, Clone)]
pub struct PhoneField {
    /// From 1.
    pub slot: usize,
    /// As typed, or as people write it.
    pub number: String,
    pub kind: PhoneKind,
    pub texting: bool,
}

impl PhoneField {
    pub fn kinds(&self) -> &'static [PhoneKind] {
        PhoneKind::ALL
    }
}

/// A position, who holds it, and who could.
#[derive(Debug, Clone)]
pub struct PositionChoice {
    pub id: PositionId,
    pub name: String,
    pub holder: Option<UserId>,
    /// Active people, and who holds it.
    pub people: Vec<(UserId, String)>,
}

impl PositionChoice {
    pub fn is_held_by(&self, user: &UserId) -> bool {
        self.holder == Some(*user)
    }

    pub fn holder_name(&self) -> &str {
        let held = self.people.iter().find(|(id, _)| self.holder == Some(*id));
        held.map_or("Nobody", |(_, name)| name)
    }
}

/// A record with the same phone, e-mail address or full name.
#[derive(Debug, Clone)]
pub struct Resembling {
    pub id: ClientId,
    pub name: String,
    /// "same phone", "same e-mail and name".
    pub why: String,
}
