//! Records as lines of a file whose columns an import gives back their meaning.

use chrono::{NaiveDateTime, SecondsFormat, TimeZone as _};

use super::{Lists, cell_list, line};
use crate::domain::PhoneKind;
use crate::services::{By, Done};
use crate::store::client_phones::ClientPhone;
use crate::store::clients::Client;
use crate::store::import_rows::ImportRow;
use crate::store::{DbConnection, Stored, Writer};

/// UTF-8 with its mark: without it spreadsheets take it for something older.
pub const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// How records are written down, the same for all of a file.
pub struct ExportFormat {
    lists: Lists,
}

impl ExportFormat {
    pub fn load(connection: &mut DbConnection) -> Stored<Self> {
        Ok(Self { lists: Lists::load(connection)? })
    }

    /// The names of the columns, with the mark of the file.
    pub fn header(&self) -> Vec<u8> {
        let fixed = [
            "First name",
            "Last name",
            "Company",
            "E-mail",
            "Mobile phone",
            "Home phone",
            "Office phone",
            "Phone for texts",
            "Address",
            "Time zone",
            "Lead status",
            "Lead source",
            "Appointment",
            "Notes",
        ];
        let positions = self.lists.positions.iter().map(|position| position.name.as_str());
        [MARK, &line(&fixed.into_iter().chain(positions).collect::<Vec<_>>())].concat()
    }

    pub fn line(&self, client: &Client, phones: &[ClientPhone]) -> Vec<u8> {
        let fields = &client.fields;
        let of = |kind: PhoneKind| {
            let same: Vec<&str> = phones.iter().filter(|one| one.kind == kind).map(|one| one.phone.as_str()).collect();
            same.join("; ")
        };
        let texting = phones.iter().find(|phone| phone.texting).map(|phone| phone.phone.clone());
        let mut cells = vec![
            fields.first_name.clone(),
            fields.last_name.clone(),
            fields.company.clone(),
            fields.email.clone(),
            of(PhoneKind::Mobile),
            of(PhoneKind::Home),
            of(PhoneKind::Office),
            texting.unwrap_or_default(),
            fields.address.clone(),
            fields.time_zone.clone().unwrap_or_default(),
            client.lead_status.clone(),
            fields.lead_source.clone(),
            fields.appointment_at.map(|at| self.moment(at)).unwrap_or_default(),
            fields.notes.clone(),
        ];
        cells.extend(self.lists.positions.iter().map(|position| {
            let holder = client.positions.iter().find(|held| held.position_id == position.id);
            let user = holder.and_then(|held| self.lists.user(held.user_id));
            user.map(|user| user.email.clone()).unwrap_or_default()
        }));
        line(&cells)
    }

    /// In the company's zone with its offset: read by people, and exact.
    fn moment(&self, at: NaiveDateTime) -> String {
        self.lists.zone.from_utc_datetime(&at).to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// Who took the file, and of what.
pub fn audit_export(tx: &mut Writer<'_>, by: &By, filters: &str, now: NaiveDateTime) -> Done<()> {
    Ok(by.record(tx, "clients.exported", "clients", filters, now)?)
}

/// A row that was not imported, as it stood in the file, with its line and what is wrong.
pub fn problem_line(row: &ImportRow, columns: usize) -> Stored<Vec<u8>> {
    let mut cells = cell_list(&row.cells)?;
    // A row that was too short or too long keeps its cells; the last two columns stay the last
    if cells.len() < columns {
        cells.resize(columns, String::new());
    }
    cells.push(row.line.to_string());
    cells.push(row.reason.clone());
    Ok(line(&cells))
}
