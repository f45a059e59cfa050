//! Through which door somebody came to a conversation, and where they go back to.

use actix_web::web::Data;
use serde::Deserialize;

use crate::assignment_policy::{may_read_texts_of, sees_on_dashboard};
use crate::domain::{ClientId, ConversationId};
use crate::services::facts::{self, Known, staff_member};
use crate::store::users::User;
use crate::web::error::Error;
use crate::web::site::Site;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Dashboard,
    /// The tab SMS of this client's record.
    Record(ClientId),
}

/// A form that was sent from a client record says so. Anybody may claim it, so it decides only where they go back to.
#[derive(Default, Deserialize)]
pub struct CameFrom {
    pub from_client: Option<String>,
}

impl Door {
    /// The record, if the conversation is there and they may open it; else the dashboard.
    pub fn claimed(from_client: Option<&str>, me: &User, known: &Known) -> Self {
        let claimed = from_client.and_then(|id| id.parse::<ClientId>().ok());
        let record = known.facts.clients.iter().find(|client| Some(client.id) == claimed);
        match record {
            Some(client) if may_read_texts_of(&staff_member(me), client) => Self::Record(client.id),
            _ => Self::Dashboard,
        }
    }

    /// Where the thread is, behind this door.
    pub fn address(self, id: ConversationId) -> String {
        match self {
            Self::Dashboard => format!("/conversations/{id}"),
            Self::Record(client) => format!("/clients/{client}/sms/{id}"),
        }
    }

    pub fn record(self) -> Option<ClientId> {
        match self {
            Self::Dashboard => None,
            Self::Record(client) => Some(client),
        }
    }
}

/// Where somebody goes after they changed something in a conversation: back to where they came from, or to the list
/// once they no longer see it.
pub async fn way_back(
    site: &Data<Site>,
    me: User,
    id: ConversationId,
    from_client: Option<String>,
) -> Result<String, Error> {
    site.read(move |c| {
        let list = "/conversations".to_owned();
        let Some(known) = facts::conversation(c, id)? else { return Ok(list) };
        Ok(match Door::claimed(from_client.as_deref(), &me, &known) {
            Door::Dashboard if !sees_on_dashboard(&staff_member(&me), &known.facts) => list,
            door => door.address(id),
        })
    })
    .await
}
