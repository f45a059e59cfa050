//! What a line of the log says, in words.

use crate::domain::{AutomationEvent, WhyNot};
use crate::store::automation_log::Line;

/// In the order in which the filter offers them.
pub const EVENTS: &[(AutomationEvent, &str)] = &[
    (AutomationEvent::Started, "Began"),
    (AutomationEvent::Deferred, "Put off"),
    (AutomationEvent::Queued, "Queued"),
    (AutomationEvent::Accepted, "Sent"),
    (AutomationEvent::Assigned, "Assigned"),
    (AutomationEvent::NotAssigned, "Not assigned"),
    (AutomationEvent::Skipped, "Skipped"),
    (AutomationEvent::Stopped, "Stopped"),
    (AutomationEvent::Failed, "Failed"),
];

/// "The text of step 1 was sent".
pub fn what(line: &Line) -> String {
    let step = line.step + 1;
    let who = line.user.as_deref();
    match line.event {
        AutomationEvent::Started => "A run began".to_owned(),
        AutomationEvent::Deferred => format!("Step {step} was put off"),
        AutomationEvent::Queued => format!("The text of step {step} was queued"),
        AutomationEvent::Accepted => format!("The text of step {step} was sent"),
        AutomationEvent::Assigned => format!("{} was assigned", who.unwrap_or("Somebody")),
        AutomationEvent::NotAssigned => match who {
            Some(who) => format!("{who} was not assigned"),
            None => "Nobody was assigned".to_owned(),
        },
        AutomationEvent::Skipped => format!("Step {step} was skipped"),
        AutomationEvent::Stopped => match who {
            Some(who) => format!("{who} stopped it before step {step}"),
            None => format!("It stopped before step {step}"),
        },
        AutomationEvent::Failed => format!("The text of step {step} failed"),
    }
}

/// The reason, and what it leaves open.
pub fn why(line: &Line) -> String {
    let reason = line.reason.map(WhyNot::sentence).unwrap_or_default();
    match (reason, line.detail.as_str()) {
        (reason, "") => reason.to_owned(),
        ("", detail) => detail.to_owned(),
        (reason, detail) => format!("{reason}. {detail}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(event: AutomationEvent, reason: Option<WhyNot>, detail: &str, user: Option<&str>) -> Line {
        Line {
            id: 1,
            automation_id: 1,
            automation: "A".to_owned(),
            archived: false,
            run_id: 1,
            step: 1,
            event,
            reason,
            detail: detail.to_owned(),
            message_id: None,
            user: user.map(str::to_owned),
            client: None,
            conversation: None,
            at: "2026-06-01T12:00:00".parse().unwrap(),
        }
    }

    #[test]
    fn every_event_is_said_and_offered_by_the_filter() {
        for event in AutomationEvent::ALL {
            assert!(EVENTS.iter().any(|(offered, _)| offered == event), "{event}");
            assert!(!what(&line(*event, None, "", None)).is_empty());
        }
        assert_eq!(EVENTS.len(), AutomationEvent::ALL.len());
    }

    #[test]
    fn a_line_says_what_and_why() {
        let empty = line(AutomationEvent::NotAssigned, Some(WhyNot::PositionEmpty), "Sales Person", None);
        assert_eq!(
            (what(&empty).as_str(), why(&empty).as_str()),
            ("Nobody was assigned", "Nobody holds the position. Sales Person")
        );
        let eve = line(AutomationEvent::Assigned, None, "", Some("Eve"));
        assert_eq!((what(&eve).as_str(), why(&eve).as_str()), ("Eve was assigned", ""));
        let out = line(AutomationEvent::Skipped, Some(WhyNot::OptedOut), "", None);
        assert_eq!((what(&out).as_str(), why(&out).as_str()), ("Step 2 was skipped", "The phone opted out"));
    }
}
