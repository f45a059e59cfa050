//! Some rows that are looked at together: their words, and the records that they may be about.

use std::collections::HashMap;

use super::entry::{Entry, Faults};
use super::lists::Lists;
use super::{Mapping, cell_list};
use crate::domain::ClientId;
use crate::services::client_details::ClientDetails;
use crate::store::clients::Client;
use crate::store::import_rows::ImportRow;
use crate::store::imports::Import;
use crate::store::{DbConnection, StoreError, Stored, client_intake, client_phones, clients};

/// What holds for all rows of a file.
pub struct Sheet {
    pub header: Vec<String>,
    pub mapping: Mapping,
    pub lists: Lists,
}

impl Sheet {
    pub fn load(connection: &mut DbConnection, import: &Import) -> Stored<Self> {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        Ok(Self {
            header: cell_list(&import.header)?,
            mapping: serde_json::from_str(&import.mapping).map_err(corrupt)?,
            lists: Lists::load(connection)?,
        })
    }

    pub fn entry(&self, row: &ImportRow) -> Stored<Result<Entry, Faults>> {
        Ok(Entry::of(&cell_list(&row.cells)?, &self.header, &self.mapping, &self.lists))
    }
}

/// Records as they are now, by whom they may be found.
#[derive(Default)]
pub struct Known {
    by_key: HashMap<String, Vec<ClientId>>,
    names: HashMap<ClientId, String>,
    details: HashMap<ClientId, ClientDetails>,
}

impl Known {
    /// The records with one of these phones and addresses.
    pub fn with_keys_of<'a>(
        connection: &mut DbConnection,
        entries: impl Iterator<Item = &'a Entry> + Clone,
    ) -> Stored<Self> {
        let phones: Vec<String> = entries.clone().flat_map(Entry::phones).cloned().collect();
        let emails: Vec<String> = entries.filter_map(Entry::email_key).collect();
        let mut found = client_intake::with_phones(connection, &phones)?;
        found.extend(client_intake::with_emails(connection, &emails)?);
        let mut ids: Vec<ClientId> = found.iter().map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known = Self::of(connection, &ids)?;
        for (key, id) in found {
            known.by_key.entry(key).or_default().push(id);
        }
        Ok(known)
    }

    pub fn of(connection: &mut DbConnection, ids: &[ClientId]) -> Stored<Self> {
        let mut known = Self::default();
        if ids.is_empty() {
            return Ok(known);
        }
        for client in clients::load(connection, ids)? {
            known.names.insert(client.id, client.name());
            known.details.insert(client.id, details(client));
        }
        for (id, phone) in client_phones::of_clients(connection, ids)? {
            if let Some(details) = known.details.get_mut(&id) {
                details.phones.push(phone);
            }
        }
        Ok(known)
    }

    /// Whoever has a phone or the address of this row, each once.
    pub fn matches(&self, entry: &Entry) -> Vec<ClientId> {
        let keys = entry.keys();
        let mut ids: Vec<ClientId> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    pub fn name(&self, id: ClientId) -> &str {
        self.names.get(&id).map_or("somebody", String::as_str)
    }

    pub fn details(&self, id: ClientId) -> Option<&ClientDetails> {
        self.details.get(&id)
    }

    /// A row changed it: the rows after see that.
    pub fn now_says(&mut self, id: ClientId, details: ClientDetails) {
        self.details.insert(id, details);
    }

    pub fn is_gone(&mut self, id: ClientId) {
        self.details.remove(&id);
    }
}

fn details(client: Client) -> ClientDetails {
    ClientDetails {
        holders: client.positions.iter().map(|held| (held.position_id, held.user_id)).collect(),
        fields: client.fields,
        phones: Vec::new(),
    }
}
