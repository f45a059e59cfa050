use super::super::text_enum;

text_enum! {
    /// How far one occurrence has come.
    pub enum RunState {
        /// A step waits for its time.
        Waiting = "waiting",
        /// Every step was taken.
        Done = "done",
        /// The client replied, or somebody ended it.
        Stopped = "stopped",
        /// It never came to a text.
        Skipped = "skipped",
    }
}

text_enum! {
    /// A line of an automation's log.
    pub enum AutomationEvent {
        Started = "started",
        /// Not now: quiet hours, or others go first from this number.
        Deferred = "deferred",
        /// The text waits in the outbox.
        Queued = "queued",
        /// The gateway has accepted it.
        Accepted = "accepted",
        Assigned = "assigned",
        NotAssigned = "not_assigned",
        /// A step or a whole run that was not to be.
        Skipped = "skipped",
        Stopped = "stopped",
        /// The gateway refused it, or it never left.
        Failed = "failed",
    }
}

text_enum! {
    /// Why something was skipped, deferred, stopped or not assigned.
    pub enum WhyNot {
        QuietHours = "quiet_hours",
        Pacing = "pacing",
        OptedOut = "opted_out",
        PhoneBlocked = "phone_blocked",
        PlanWithoutSms = "plan",
        NoPhone = "no_phone",
        NoNumber = "no_number",
        ClientGone = "client_gone",
        Conditions = "conditions",
        /// The appointment was moved or taken off the record.
        AppointmentChanged = "appointment_changed",
        /// It came to be known only after the time for this text had passed.
        TooLate = "too_late",
        /// Nobody wrote, or somebody did, in the meantime.
        NoLongerTrue = "no_longer_true",
        ClientReplied = "client_replied",
        EndedByHand = "ended_by_hand",
        AutomationDeleted = "automation_deleted",
        TextEmpty = "text_empty",
        TextTooLong = "text_too_long",
        TextUnreadable = "text_unreadable",
        /// The gateway did not take it.
        NotAccepted = "not_accepted",
        PositionEmpty = "position_empty",
        PersonInactive = "person_inactive",
        PersonWithoutAccess = "person_without_access",
        AlreadyAssigned = "already_assigned",
    }
}

impl WhyNot {
    /// For the log and the dry run.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::QuietHours => "It is quiet hours where the client lives",
            Self::Pacing => "Other texts go first from this number",
            Self::OptedOut => "The phone opted out",
            Self::PhoneBlocked => "The phone is blocked",
            Self::PlanWithoutSms => "The plan has no SMS",
            Self::NoPhone => "The record has no phone for texting",
            Self::NoNumber => "No number of ours can send",
            Self::ClientGone => "The client was deleted",
            Self::Conditions => "A condition is not met",
            Self::AppointmentChanged => "The appointment was changed",
            Self::TooLate => "The time for this text had passed already",
            Self::NoLongerTrue => "Somebody wrote in the meantime",
            Self::ClientReplied => "The client replied",
            Self::EndedByHand => "Somebody ended it",
            Self::AutomationDeleted => "The automation was deleted",
            Self::TextEmpty => "The text would be empty",
            Self::TextTooLong => "The text would be longer than 1,600 characters",
            Self::TextUnreadable => "The text has a field that is not known any more",
            Self::NotAccepted => "The text was not accepted",
            Self::PositionEmpty => "Nobody holds the position",
            Self::PersonInactive => "The person is deactivated",
            Self::PersonWithoutAccess => "The person has No access to SMS Conversations",
            Self::AlreadyAssigned => "Was assigned already",
        }
    }
}
