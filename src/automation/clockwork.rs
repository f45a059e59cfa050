use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::{after, before};
use crate::domain::{Trigger, Wait, WaitUnit};

/// Appointments are looked for so far ahead. A day of the calendar can be an hour shorter or longer than a usual one, so
/// that the exact moment lies about this long around the usual one at most; what is found early waits for its moment.
const AHEAD: TimeDelta = TimeDelta::hours(3);

/// A trigger that only waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clockwork {
    wait: Wait,
    before: bool,
    /// How far ahead of now it is looked.
    pub ahead: TimeDelta,
}

impl Clockwork {
    /// None for triggers that somebody pulls.
    pub fn of(trigger: &Trigger) -> Option<Self> {
        match trigger {
            Trigger::Appointment { wait, before } => Some(Self { wait: *wait, before: *before, ahead: AHEAD }),
            Trigger::NoReply { wait } | Trigger::Unanswered { wait } => {
                Some(Self { wait: *wait, before: false, ahead: TimeDelta::zero() })
            }
            _ => None,
        }
    }

    /// The very moment, by the clock of somebody.
    pub fn moment(&self, at: NaiveDateTime, zone: Tz) -> NaiveDateTime {
        if self.before { before(at, self.wait, zone) } else { after(at, self.wait, zone) }
    }

    /// About that moment, by no clock: the order in which they are looked at.
    pub fn about(&self, at: NaiveDateTime) -> NaiveDateTime {
        at.checked_add_signed(self.distance()).unwrap_or(at)
    }

    /// The other way round: what comes true at about that moment.
    pub fn counted_from(&self, about: NaiveDateTime) -> NaiveDateTime {
        about.checked_sub_signed(self.distance()).unwrap_or(about)
    }

    /// No text is of use once the appointment has begun that it would remind of.
    pub fn is_pointless(&self, at: NaiveDateTime, now: NaiveDateTime) -> bool {
        self.before && at <= now
    }

    fn distance(&self) -> TimeDelta {
        let count = self.wait.count.clamp(0, Wait::MOST);
        let distance = match self.wait.unit {
            WaitUnit::Minutes => TimeDelta::minutes(count),
            WaitUnit::Hours => TimeDelta::hours(count),
            WaitUnit::Days => TimeDelta::days(count),
        };
        if self.before { -distance } else { distance }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> NaiveDateTime {
        time.parse().unwrap()
    }

    #[test]
    fn the_very_moment_is_never_further_from_the_usual_one_than_is_looked_ahead() {
        let start = at("2026-01-01T00:30:00");
        for zone in [chrono_tz::America::Denver, chrono_tz::Europe::Berlin, chrono_tz::Australia::Lord_Howe] {
            for (count, unit) in
                [(1, WaitUnit::Days), (30, WaitUnit::Days), (48, WaitUnit::Hours), (5, WaitUnit::Minutes)]
            {
                for before in [true, false] {
                    let wait = Wait { count, unit };
                    let clockwork = Clockwork::of(&Trigger::Appointment { wait, before }).unwrap();
                    for hour in 0..24 * 400 {
                        let at = start + TimeDelta::hours(hour);
                        let apart = clockwork.moment(at, zone) - clockwork.about(at);
                        assert!(apart.abs() <= TimeDelta::hours(1), "{wait} {before} {at} {zone}: {apart}");
                        assert_eq!(clockwork.counted_from(clockwork.about(at)), at);
                    }
                }
            }
        }
    }

    #[test]
    fn a_reminder_is_pointless_once_the_appointment_began_and_a_follow_up_never() {
        let wait = Wait { count: 1, unit: WaitUnit::Days };
        let noon = at("2026-11-25T12:00:00");
        let pointless =
            |before, now| Clockwork::of(&Trigger::Appointment { wait, before }).unwrap().is_pointless(noon, at(now));
        assert!(!pointless(true, "2026-11-25T11:59:59"));
        assert!(pointless(true, "2026-11-25T12:00:00"));
        assert!(!pointless(false, "2026-11-28T12:00:00"));
        assert_eq!(Clockwork::of(&Trigger::FirstText), None);
    }
}
