use super::text_enum;

text_enum! {
    /// What became of a text that was written to be sent later.
    pub enum ScheduledState {
        Waiting = "waiting",
        /// It is among the texts of the conversation now.
        Sent = "sent",
        Cancelled = "cancelled",
        /// Its time came and it could not be sent; the reason says why.
        Skipped = "skipped",
    }
}

text_enum! {
    /// Why a text did not go out at its time.
    pub enum SkipReason {
        /// The client wrote first, and it was to be sent only if they did not.
        Replied = "replied",
        AuthorGone = "author_gone",
        /// Its author no longer sees the conversation, or may no longer send.
        AuthorMayNot = "author_may_not",
        OptedOut = "opted_out",
        Blocked = "blocked",
        Plan = "plan",
        /// Nothing was running at its time, and hours later it may mean something else.
        Late = "late",
    }
}

impl SkipReason {
    /// Says it to whoever reads the conversation.
    pub fn sentence(self, author: &str) -> String {
        match self {
            Self::Replied => "They replied before its time.".to_owned(),
            Self::AuthorGone => format!("{author} was deactivated before its time."),
            Self::AuthorMayNot => format!("{author} could not send here any more when its time came."),
            Self::OptedOut => "They opted out before its time. They can text START to hear from you again.".to_owned(),
            Self::Blocked => "The phone was blocked when its time came.".to_owned(),
            Self::Late => "Crewline was not running at its time, and it was not sent hours late.".to_owned(),
            Self::Plan => "SMS was not in the company's plan when its time came.".to_owned(),
        }
    }
}
