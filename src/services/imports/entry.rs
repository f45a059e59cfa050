use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::lists::Lists;
use super::{Mapping, Target, when};
use crate::domain::{LeadStatusId, PhoneKind, PhoneNumber, PositionId, UserId, fold, restored_cell};
use crate::services::client_details::ClientDetails;
use crate::store::client_phones::ClientPhone;

/// Phones without a country are read as numbers of the United States.
const REGION: &str = "US";

/// What is wrong with a row, in sentences, and what it says beside that, if it can be read at all.
#[derive(Debug, PartialEq, Eq)]
pub struct Faults {
    pub why: Vec<String>,
    pub rest: Option<Box<Entry>>,
}

/// What a row says; what it does not say is none, and leaves a record as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    email: Option<String>,
    address: Option<String>,
    time_zone: Option<String>,
    status: Option<LeadStatusId>,
    lead_source: Option<String>,
    appointment: Option<NaiveDateTime>,
    notes: Option<String>,
    phones: Vec<(PhoneKind, String)>,
    texting: Option<String>,
    holders: BTreeMap<PositionId, UserId>,
}

impl Entry {
    /// Reads a row, or says all that is wrong with it.
    pub fn of(cells: &[String], header: &[String], mapping: &Mapping, lists: &Lists) -> Result<Self, Faults> {
        if cells.len() != header.len() {
            let (has, wanted) = (cells.len(), header.len());
            let why =
                format!("The row has {has} cells, but the header has {wanted}. Is a separator or a quote missing?");
            return Err(Faults { why: vec![why], rest: None });
        }
        let mut entry = Self::default();
        let mut faults = Vec::new();
        for (cell, target) in cells.iter().zip(&mapping.columns) {
            let cell = restored_cell(cell.trim_matches([' ', '\n'])).trim();
            if !cell.is_empty() {
                faults.extend(entry.take(cell, *target, lists).err());
            }
        }
        // The phone for texts is usually among the others
        if let Some(phone) = entry.texting.clone().filter(|texting| !entry.phones.iter().any(|(_, one)| one == texting))
        {
            entry.phones.push((PhoneKind::Mobile, phone));
        }
        if faults.is_empty() { Ok(entry) } else { Err(Faults { why: faults, rest: Some(Box::new(entry)) }) }
    }

    fn take(&mut self, cell: &str, target: Target, lists: &Lists) -> Result<(), String> {
        let text = Some(cell.to_owned());
        match target {
            Target::Ignore => {}
            Target::FirstName => self.first_name = text,
            Target::LastName => self.last_name = text,
            Target::FullName => self.take_full_name(cell),
            Target::Company => self.company = text,
            Target::Email => self.email = text,
            Target::Phone(kind) => self.take_phones(cell, kind)?,
            Target::TextingPhone => self.texting = Some(phone(cell)?),
            Target::Address => join(&mut self.address, cell, ", "),
            Target::TimeZone => self.time_zone = Some(zone(cell)?),
            Target::LeadStatus => {
                let unknown = || format!("There is no lead status “{}”.", short(cell));
                self.status = Some(lists.status(cell).ok_or_else(unknown)?);
            }
            Target::LeadSource => self.lead_source = text,
            Target::Appointment => {
                let odd =
                    || format!("The appointment “{}” is no date and time. Write it as 2026-03-31 14:30.", short(cell));
                self.appointment = Some(when::parse(cell, lists.zone).ok_or_else(odd)?);
            }
            Target::Notes => join(&mut self.notes, cell, "\n"),
            Target::Position(id) => {
                let Some(position) = lists.positions.iter().find(|one| one.id == id) else {
                    return Err("A position that was chosen is not there any more. Change the mapping.".to_owned());
                };
                let user = lists.user_called(cell).map_err(|why| format!("{}: {}.", position.name, short(&why)))?;
                self.holders.insert(id, user.id);
            }
        }
        Ok(())
    }

    /// "Fields, Karen" and "Karen Fields". Columns for first and last name know better.
    fn take_full_name(&mut self, cell: &str) {
        let (first, last) = match (cell.split_once(','), cell.rsplit_once(char::is_whitespace)) {
            (Some((last, first)), _) => (first.trim(), last.trim()),
            (None, Some((first, last))) => (first.trim(), last.trim()),
            (None, None) => (cell, ""),
        };
        self.first_name.get_or_insert_with(|| first.to_owned());
        if !last.is_empty() {
            self.last_name.get_or_insert_with(|| last.to_owned());
        }
    }

    /// A cell may hold several, each behind a semicolon. Of those that are wrong the first few are named.
    fn take_phones(&mut self, cell: &str, kind: PhoneKind) -> Result<(), String> {
        let mut wrong = Vec::new();
        for part in cell.split([';', '\n']).filter(|part| !part.trim().is_empty()) {
            let phone = match phone(restored_cell(part.trim())) {
                Ok(phone) => phone,
                Err(why) => {
                    wrong.push(why);
                    continue;
                }
            };
            if !self.phones.iter().any(|(_, known)| *known == phone) {
                self.phones.push((kind, phone));
            }
        }
        wrong.truncate(3);
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join(" ")) }
    }

    /// By what somebody else may be the same: phones, and the e-mail address in small letters.
    pub fn keys(&self) -> Vec<String> {
        self.phones.iter().map(|(_, phone)| phone.clone()).chain(self.email_key()).collect()
    }

    pub fn phones(&self) -> impl Iterator<Item = &String> {
        self.phones.iter().map(|(_, phone)| phone)
    }

    pub fn email_key(&self) -> Option<String> {
        self.email.as_ref().map(|email| email.to_ascii_lowercase())
    }

    /// Whether a record with these names could be this one.
    pub fn is_called(&self, first: &str, last: &str) -> bool {
        let same = |mine: &Option<String>, theirs: &str| mine.as_ref().is_some_and(|mine| fold(mine) == fold(theirs));
        same(&self.first_name, first) && same(&self.last_name, last)
    }

    /// As a record of its own.
    pub fn details(&self, status: LeadStatusId) -> ClientDetails {
        let mut new = ClientDetails::default();
        new.fields.lead_status_id = status;
        self.merged(&new)
    }

    /// What a record says when this row is put on top of it: nothing is emptied, no phone goes.
    pub fn merged(&self, record: &ClientDetails) -> ClientDetails {
        let mut details = record.clone();
        let fields = &mut details.fields;
        for (mine, theirs) in [
            (&self.first_name, &mut fields.first_name),
            (&self.last_name, &mut fields.last_name),
            (&self.company, &mut fields.company),
            (&self.email, &mut fields.email),
            (&self.address, &mut fields.address),
            (&self.lead_source, &mut fields.lead_source),
            (&self.notes, &mut fields.notes),
        ] {
            if let Some(mine) = mine {
                theirs.clone_from(mine);
            }
        }
        fields.time_zone = self.time_zone.clone().or(fields.time_zone.take());
        fields.lead_status_id = self.status.unwrap_or(fields.lead_status_id);
        fields.appointment_at = self.appointment.or(fields.appointment_at);
        for (kind, phone) in &self.phones {
            if !details.phones.iter().any(|known| known.phone == *phone) {
                details.phones.push(ClientPhone { kind: *kind, phone: phone.clone(), texting: false });
            }
        }
        if let Some(texting) = &self.texting {
            for phone in &mut details.phones {
                phone.texting = phone.phone == *texting;
            }
        }
        details.holders.extend(&self.holders);
        details
    }
}

fn phone(cell: &str) -> Result<String, String> {
    let said = |why| format!("The phone “{}” cannot be used. {why}", short(cell));
    PhoneNumber::parse(cell, REGION).map(|phone| phone.as_str().to_owned()).map_err(said)
}

fn zone(cell: &str) -> Result<String, String> {
    let known = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(cell));
    let said = || format!("“{}” is no time zone. Write it as America/Denver.", short(cell));
    known.map(|zone| zone.name().to_owned()).ok_or_else(said)
}

fn join(text: &mut Option<String>, more: &str, between: &str) {
    match text {
        Some(text) => {
            text.push_str(between);
            text.push_str(more);
        }
        None => *text = Some(more.to_owned()),
    }
}

/// A cell may be a megabyte; a sentence is not.
fn short(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}
