use chrono::{NaiveDateTime, TimeZone as _};
use chrono_tz::Tz;

use crate::automation::QuietHours;
use crate::domain::ClientId;
use crate::store::{DbConnection, Stored, clients, company};

/// By which clock somebody is texted, and in which hours not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub zone: Tz,
    pub quiet_hours: QuietHours,
}

impl Calendar {
    /// By the client's own zone, else by the company's.
    pub fn of_client(connection: &mut DbConnection, client: Option<ClientId>) -> Stored<Self> {
        let own = client.map(|client| clients::find(connection, client)).transpose()?.flatten();
        let own = own.and_then(|client| client.fields.time_zone);
        let ours = company::find(connection)?.map(|company| company.time_zone);
        let zone = [own, ours].into_iter().flatten().find_map(|name| name.parse().ok()).unwrap_or(Tz::UTC);
        Ok(Self { zone, quiet_hours: QuietHours::default() })
    }

    /// An instant in words, by the clock of the client: "Until Thu, Nov 26, 9:00 AM MST".
    pub(super) fn until(&self, at: NaiveDateTime) -> String {
        self.zone.from_utc_datetime(&at).format("Until %a, %b %-d, %-I:%M %p %Z").to_string()
    }
}
