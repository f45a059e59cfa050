use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::{ConversationId, PositionId, UserId};
use crate::services::client_details::ClientDetails;
use crate::store::client_phones::ClientPhone;
use crate::store::clients::Fields;
use crate::store::{StoreError, Stored};

/// What a record said before a row changed it, to be able to say so again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    fields: Fields,
    phones: Vec<ClientPhone>,
    holders: BTreeMap<PositionId, UserId>,
    /// Conversations that the row brought with its phones.
    pub linked: Vec<ConversationId>,
}

impl Snapshot {
    pub fn of(details: &ClientDetails, linked: Vec<ConversationId>) -> Self {
        let ClientDetails { fields, phones, holders } = details.clone();
        Self { fields, phones, holders, linked }
    }

    pub fn details(&self) -> ClientDetails {
        ClientDetails { fields: self.fields.clone(), phones: self.phones.clone(), holders: self.holders.clone() }
    }

    pub fn to_json(&self) -> Stored<String> {
        serde_json::to_string(self).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    pub fn from_json(text: &str) -> Stored<Self> {
        serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
    }
}

/// Equal exactly for records that say the same, in whatever order their phones came. The second half leaves out what
/// the settings change on many records at once: their lead status, and who holds the positions.
pub fn fingerprint(details: &ClientDetails) -> Stored<String> {
    let mut kept = details.clone();
    kept.fields.lead_status_id = 0;
    kept.holders.clear();
    Ok(format!("{}{}", half(details)?, half(&kept)?))
}

/// How a record is different from one that was the same once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Same,
    /// Only its lead status, or who holds its positions.
    Moved,
    Changed,
}

/// Against the fingerprint that it had.
pub fn since(details: &ClientDetails, before: &str) -> Stored<Since> {
    let now = fingerprint(details)?;
    Ok(if now.get(..HALF) == before.get(..HALF) {
        Since::Same
    } else if now.get(HALF..) == before.get(HALF..) {
        Since::Moved
    } else {
        Since::Changed
    })
}

/// So many letters has one half; fingerprints of older versions have no second one.
const HALF: usize = 32;

fn half(details: &ClientDetails) -> Stored<String> {
    let mut sorted = details.clone();
    sorted.phones.sort_by(|one, other| one.phone.cmp(&other.phone));
    let hash = Sha256::digest(Snapshot::of(&sorted, Vec::new()).to_json()?);
    Ok(hash.iter().take(HALF / 2).map(|byte| format!("{byte:02x}")).collect())
}
