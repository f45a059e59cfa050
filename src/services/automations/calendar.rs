use chrono::{NaiveDateTime, TimeZone as _};
use chrono_tz::Tz;

use crate::automation::QuietHours;
use crate::domain::ClientId;
use crate::services::quiet_hours::{company_zone, quiet_hours, zone_of_client};
use crate::store::{DbConnection, Stored};

/// By which clock somebody is texted, and in which hours not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub zone: Tz,
    pub quiet_hours: QuietHours,
}

impl Calendar {
    /// By the client's own zone, else by the company's.
    pub fn of_client(connection: &mut DbConnection, client: Option<ClientId>) -> Stored<Self> {
        let zone = match client {
            Some(client) => zone_of_client(connection, client)?,
            None => company_zone(connection)?,
        };
        Ok(Self { zone, quiet_hours: quiet_hours(connection)? })
    }

    /// An instant in words, by the clock of the client: "Until Thu, Nov 26, 9:00 AM MST".
    pub(super) fn until(&self, at: NaiveDateTime) -> String {
        self.zone.from_utc_datetime(&at).format("Until %a, %b %-d, %-I:%M %p %Z").to_string()
    }
}
