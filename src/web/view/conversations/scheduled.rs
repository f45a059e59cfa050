use crate::domain::ScheduledTextId;
use crate::web::view::TimeLabel;

/// A text that waits below the thread, or was skipped there.
#[derive(Debug, Clone)]
pub struct Scheduled {
    pub id: ScheduledTextId,
    pub author: String,
    pub body: String,
    /// On the client's clock: "tomorrow 09:00".
    pub when: TimeLabel,
    /// On the company's, if that shows another time.
    pub here: Option<String>,
    pub cancel_if_reply: bool,
    /// Its time is in quiet hours.
    pub is_quiet: bool,
    /// Why it was not sent at its time.
    pub skipped: Option<String>,
    pub may_cancel: bool,
    pub may_send: bool,
}

/// *Send later* in the composer.
#[derive(Debug, Clone, Default)]
pub struct SendLater {
    /// "It is 22:40 where Maria Delgado lives, 06:40 at your company."
    pub clock: String,
    /// What the client's clock shows now, as the field writes it.
    pub earliest: String,
    /// Times that one presses instead of typing.
    pub choices: Vec<LaterChoice>,
    /// What was typed.
    pub at: String,
    pub cancel_if_reply: bool,
    /// It is open from the start.
    pub is_open: bool,
}

#[derive(Debug, Clone)]
pub struct LaterChoice {
    /// As the field writes it.
    pub at: String,
    /// "Tomorrow 09:00".
    pub label: String,
    /// On the company's clock, if that shows another time.
    pub here: Option<String>,
}

/// A text that waits, in the list of all.
#[derive(Debug, Clone)]
pub struct ScheduledRow {
    /// Where this person reads it: the dashboard, or a client record.
    pub address: String,
    /// The clients' names, else the phone.
    pub title: String,
    pub text: Scheduled,
}
