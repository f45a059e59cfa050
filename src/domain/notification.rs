use super::text_enum;

text_enum! {
    /// What a notification tells of.
    pub enum NotificationKind {
        /// A client wrote.
        Inbound = "inbound",
        Assigned = "assigned",
        Removed = "removed",
        /// A text of theirs did not arrive. Told in the app only.
        Failed = "failed",
        /// A text of theirs was not sent when its time came.
        Skipped = "skipped",
    }
}

text_enum! {
    /// Why this person was told, kept with the notification.
    pub enum NotificationReason {
        /// They are assigned.
        Assigned = "assigned",
        /// Nobody was assigned, and they see all conversations.
        NobodyAssigned = "nobody_assigned",
        /// Somebody was assigned, but none of them could be told; and they see all conversations.
        NoAssigneeToTell = "no_assignee_to_tell",
        AssignedBy = "assigned_by",
        AssignedByAutomation = "assigned_by_automation",
        RemovedBy = "removed_by",
        /// With everything else that a colleague was responsible for.
        HandedOver = "handed_over",
        /// They wrote the text.
        Sender = "sender",
        /// They had scheduled the text.
        ScheduledSkipped = "scheduled_skipped",
    }
}

impl NotificationReason {
    /// The answer to "Why did I get this?". `who` is the person or the automation behind it.
    pub fn sentence(self, who: Option<&str>) -> String {
        match (self, who) {
            (Self::Assigned, _) => "You are assigned".to_owned(),
            (Self::NobodyAssigned, _) => "Nobody is assigned and you see all conversations".to_owned(),
            (Self::NoAssigneeToTell, _) => {
                "Nobody who is assigned can be told, and you see all conversations".to_owned()
            }
            (Self::AssignedBy, Some(who)) => format!("Assigned by {who}"),
            (Self::AssignedBy, None) => "Assigned by a colleague".to_owned(),
            (Self::AssignedByAutomation, Some(who)) => format!("Assigned by automation {who}"),
            (Self::AssignedByAutomation, None) => "Assigned by an automation".to_owned(),
            (Self::RemovedBy, Some(who)) => format!("Removed by {who}"),
            (Self::RemovedBy, None) => "Removed by a colleague".to_owned(),
            (Self::HandedOver, Some(who)) => format!("Handed over by {who}, with all conversations of a colleague"),
            (Self::Sender, _) => "You sent it".to_owned(),
            (Self::ScheduledSkipped, _) => "You had scheduled a text there".to_owned(),
            (Self::HandedOver, None) => "Handed over with all conversations of a colleague".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NotificationReason::{AssignedBy, NoAssigneeToTell, NobodyAssigned};

    #[test]
    fn a_reason_names_who_is_behind_it_where_somebody_is() {
        assert_eq!(AssignedBy.sentence(Some("Dana")), "Assigned by Dana");
        assert_eq!(AssignedBy.sentence(None), "Assigned by a colleague");
        assert_eq!(NobodyAssigned.sentence(Some("Dana")), "Nobody is assigned and you see all conversations");
        assert_eq!(
            NoAssigneeToTell.sentence(None),
            "Nobody who is assigned can be told, and you see all conversations"
        );
    }
}
