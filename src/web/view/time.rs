/// A moment, written for a person and for a machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeLabel {
    /// Short, in the reader's zone: "9:41 AM", "Tue", "5 min".
    pub label: String,
    /// In full, for the tooltip: "Tuesday, November 3, 2026 at 9:41 AM".
    pub full: String,
    /// ISO 8601 in UTC, for `<time datetime>`.
    pub iso: String,
}
