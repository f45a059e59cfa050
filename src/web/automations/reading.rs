//! From the form to a definition. Ids and numbers that make no sense stay that way: the use case says what is wrong.

use crate::domain::{Condition, ConditionKind, Definition, Step, Trigger, TriggerKind, Wait, WaitUnit};
use crate::services::automations::{Fault, Place};
use crate::web::view::automations::{ConditionDraft, Draft, StepDraft, TriggerDraft};

/// No list has it.
const NONE: i64 = 0;
/// No day has so many minutes.
const NO_TIME: u32 = u32::MAX;

/// What the form means, or what of it means nothing.
pub fn definition(draft: &Draft) -> Result<Definition, Vec<Fault>> {
    let mut faults = Vec::new();
    let trigger = trigger(&draft.trigger).unwrap_or_else(|| {
        faults.push(Fault { place: Place::Trigger, words: "choose what begins it.".to_owned() });
        Trigger::ClientCreated
    });
    let mut conditions = Vec::new();
    for (index, draft) in draft.conditions.iter().enumerate() {
        match condition(draft) {
            Some(condition) => conditions.push(condition),
            None => faults.push(Fault { place: Place::Condition(index), words: "choose what it asks.".to_owned() }),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let step = |step: &StepDraft| Step {
        wait: wait(&step.count, step.unit),
        body: step.body.clone(),
        push: step.push,
        assignees: step.assignees.clone(),
    };
    Ok(Definition {
        name: draft.name.clone(),
        trigger,
        conditions,
        steps: draft.steps.iter().map(step).collect(),
        stop_on_reply: draft.stop_on_reply,
        number: draft.number,
    })
}

fn trigger(draft: &TriggerDraft) -> Option<Trigger> {
    let wait = wait(&draft.count, draft.unit);
    Some(match draft.kind? {
        TriggerKind::ClientCreated => Trigger::ClientCreated,
        TriggerKind::LeadStatus => Trigger::LeadStatus { to: draft.to.unwrap_or(NONE), from: draft.from },
        TriggerKind::Appointment => Trigger::Appointment { wait, before: draft.before },
        TriggerKind::NoReply => Trigger::NoReply { wait },
        TriggerKind::Unanswered => Trigger::Unanswered { wait },
        TriggerKind::FirstText => Trigger::FirstText,
        TriggerKind::Keyword => Trigger::Keyword { word: draft.keyword.trim().to_owned() },
    })
}

fn condition(draft: &ConditionDraft) -> Option<Condition> {
    let position = draft.position.unwrap_or(NONE);
    Some(match draft.kind? {
        ConditionKind::LeadStatus => Condition::LeadStatus(draft.status.unwrap_or(NONE)),
        ConditionKind::LeadSource => Condition::LeadSource(draft.source.trim().to_owned()),
        ConditionKind::PositionHeld => Condition::PositionHeld(position),
        ConditionKind::PositionEmpty => Condition::PositionEmpty(position),
        ConditionKind::TimeOfDay => Condition::TimeOfDay { from: minute(&draft.from), to: minute(&draft.to) },
        ConditionKind::TextedBefore => Condition::TextedBefore,
        ConditionKind::NeverTexted => Condition::NeverTexted,
    })
}

/// An empty field is no wait.
fn wait(count: &str, unit: Option<WaitUnit>) -> Wait {
    let count = match count.trim() {
        "" => 0,
        count => count.parse().unwrap_or(-1),
    };
    match unit {
        Some(unit) => Wait { count, unit },
        None => Wait { count: -1, unit: WaitUnit::Minutes },
    }
}

/// `09:30`, as browsers write a time of day; some add seconds.
fn minute(text: &str) -> u32 {
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok());
    match (parts.next().flatten(), parts.next().flatten()) {
        (Some(hour @ ..24), Some(minute @ ..60)) => hour * 60 + minute,
        _ => NO_TIME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_browsers_write_them() {
        for (text, read) in [("00:00", 0), ("09:30", 570), ("23:59:59", 1_439), ("24:00", NO_TIME), ("9", NO_TIME)] {
            assert_eq!(minute(text), read, "{text}");
        }
        assert_eq!(minute("12:60"), NO_TIME);
    }

    #[test]
    fn a_wait_that_is_none_is_left_for_the_use_case_to_refuse() {
        assert_eq!(wait(" ", Some(WaitUnit::Days)), Wait { count: 0, unit: WaitUnit::Days });
        assert_eq!(wait("2.5", Some(WaitUnit::Days)).count, -1);
        assert_eq!(wait("2", None).count, -1);
    }
}
