use std::fmt;

use super::super::text_enum;

text_enum! {
    pub enum WaitUnit {
        Minutes = "minutes",
        Hours = "hours",
        /// Of the calendar: the same time of day, also when the clocks change in between.
        Days = "days",
    }
}

/// For how long something waits; nothing is `0 minutes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wait {
    /// 0 to [`Wait::MOST`].
    pub count: i64,
    pub unit: WaitUnit,
}

impl Wait {
    pub const NONE: Self = Self { count: 0, unit: WaitUnit::Minutes };
    /// A year of days; as many hours or minutes are shorter.
    pub const MOST: i64 = 366;
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.count, self.unit) {
            (1, WaitUnit::Minutes) => f.write_str("1 minute"),
            (1, WaitUnit::Hours) => f.write_str("1 hour"),
            (1, WaitUnit::Days) => f.write_str("1 day"),
            (count, unit) => write!(f, "{count} {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_reads_as_people_say_it() {
        assert_eq!(Wait { count: 1, unit: WaitUnit::Days }.to_string(), "1 day");
        assert_eq!(Wait { count: 24, unit: WaitUnit::Hours }.to_string(), "24 hours");
        assert_eq!(Wait::NONE.to_string(), "0 minutes");
    }
}
