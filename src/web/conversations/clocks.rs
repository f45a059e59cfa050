//! What time it is where the client lives, and where we are.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::automation::QuietHours;
use crate::domain::{ClientId, ConversationId};
use crate::services::quiet_hours::{company_zone, quiet_hours, zone_of, zone_of_client};
use crate::store::{DbConnection, Stored};
use crate::web::format;

/// The clocks that a text goes by.
#[derive(Debug, Clone)]
pub struct Clocks {
    /// The client's zone.
    pub theirs: Tz,
    /// The company's.
    pub ours: Tz,
    hours: QuietHours,
    now: NaiveDateTime,
    /// "where Maria Delgado lives".
    place: Option<String>,
}

/// What all conversations have in common: our clock and the quiet hours.
#[derive(Debug, Clone, Copy)]
pub struct OurClock {
    zone: Tz,
    hours: QuietHours,
    now: NaiveDateTime,
}

impl OurClock {
    pub fn load(c: &mut DbConnection, now: NaiveDateTime) -> Stored<Self> {
        Ok(Self { zone: company_zone(c)?, hours: quiet_hours(c)?, now })
    }

    /// Beside the clock of clients of these names; ours, if theirs is not known.
    pub fn beside(self, theirs: Option<Tz>, names: &[String]) -> Clocks {
        let place = match names {
            [] => None,
            [name] => Some(format!("where {name} lives")),
            _ => Some("where they live".to_owned()),
        };
        let Self { zone: ours, hours, now } = self;
        Clocks { theirs: theirs.unwrap_or(ours), ours, hours, now, place }
    }
}

impl Clocks {
    /// Of a conversation with the clients of these names.
    pub fn of(c: &mut DbConnection, id: ConversationId, names: &[String], now: NaiveDateTime) -> Stored<Self> {
        let theirs = zone_of(c, id)?;
        Ok(OurClock::load(c, now)?.beside(Some(theirs), names))
    }

    /// Of a client whom one is about to text.
    pub fn of_client(c: &mut DbConnection, client: ClientId, name: &str, now: NaiveDateTime) -> Stored<Self> {
        let theirs = zone_of_client(c, client)?;
        Ok(OurClock::load(c, now)?.beside(Some(theirs), &[name.to_owned()]))
    }

    /// "It is 22:40 where Maria Delgado lives", and here, if that is another time; both with their day where it differs.
    pub fn sentence(&self) -> String {
        let there = if self.is_another_day() {
            format::weekday_clock(self.now, self.theirs)
        } else {
            format::clock(self.now, self.theirs)
        };
        let place = self.place.as_deref().map(|place| format!(" {place}")).unwrap_or_default();
        match self.here(self.now) {
            Some(here) => format!("It is {there}{place}, {here} at your company."),
            None => format!("It is {there}{place}."),
        }
    }

    /// What somebody should know before they text at this hour; nothing outside of quiet hours.
    pub fn warning(&self) -> Option<String> {
        if !self.is_quiet(self.now) {
            return None;
        }
        let end = self.hours.next_allowed(self.now, self.theirs);
        let today = format::date(end, self.theirs) == format::date(self.now, self.theirs);
        let until = match (today, self.is_another_day()) {
            (_, true) => format!("{} there", format::weekday_clock(end, self.theirs)),
            (true, false) => format::clock(end, self.theirs),
            (false, false) => format::ahead(self.now, end, self.theirs),
        };
        Some(format!("{} Quiet hours last until {until}. You can send all the same.", self.sentence()))
    }

    pub fn is_quiet(&self, at: NaiveDateTime) -> bool {
        self.hours.is_quiet(at, self.theirs)
    }

    /// "tomorrow 09:00", on the client's clock.
    pub fn there(&self, at: NaiveDateTime) -> String {
        format::ahead(self.now, at, self.theirs)
    }

    /// Whether "today" is another day there than here.
    fn is_another_day(&self) -> bool {
        format::date(self.now, self.theirs) != format::date(self.now, self.ours)
    }

    /// What our clock shows then, if it is another time than theirs: "08:00", or "Mon 23:30" where it is another day, or
    /// as far away by another day.
    pub fn here(&self, at: NaiveDateTime) -> Option<String> {
        let (theirs, ours) = (format::clock(at, self.theirs), format::clock(at, self.ours));
        let same_day = format::date(at, self.theirs) == format::date(at, self.ours) && !self.is_another_day();
        match (same_day, theirs == ours) {
            (true, true) => None,
            (true, false) => Some(ours),
            (false, _) => Some(format::weekday_clock(at, self.ours)),
        }
    }
}
