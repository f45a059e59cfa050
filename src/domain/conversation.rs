use super::text_enum;

text_enum! {
    /// Which way a text went, seen from the company.
    pub enum Direction {
        In = "in",
        Out = "out",
    }
}

text_enum! {
    /// The toggle of the dashboard. *Assigned* means assigned to me.
    pub enum ConversationView {
        All = "all",
        Assigned = "assigned",
    }
}

text_enum! {
    /// The filters of the dashboard's list.
    pub enum ConversationFilter {
        Unassigned = "unassigned",
        Unread = "unread",
        Attention = "attention",
        Open = "open",
        Closed = "closed",
    }
}

text_enum! {
    /// How somebody came to be responsible.
    pub enum AssignmentReason {
        /// Chosen by a colleague with the plus.
        Picked = "picked",
        SelfAssigned = "self",
        /// They sent a text.
        Replied = "replied",
        Automation = "automation",
    }
}

text_enum! {
    /// What stands between the texts of a thread.
    pub enum TimelineKind {
        Assigned = "assigned",
        Unassigned = "unassigned",
        Closed = "closed",
        Reopened = "reopened",
        OptedOut = "opted_out",
        OptedIn = "opted_in",
        /// The outside phone is blocked, over all numbers of ours.
        Blocked = "blocked",
        Unblocked = "unblocked",
        /// A text that was to be sent later was cancelled, because they replied.
        ScheduledCancelled = "scheduled_cancelled",
    }
}
