//! What the form shows: what is stored, what was filled in on top, and what a button does to it.

use std::collections::{BTreeMap, BTreeSet};

use super::typed::Typed;
use crate::domain::{Assignee, Condition, ConditionKind, Step, Trigger, TriggerKind, Wait, WaitUnit};
use crate::services::automations::{MOST_CONDITIONS, MOST_STEPS};
use crate::store::automations::Automation;
use crate::web::view::automations::{ConditionDraft, Draft, StepDraft, TriggerDraft};

/// What a new one begins with: a trigger that most begin with, and a text to write.
pub fn fresh() -> Draft {
    Draft {
        trigger: TriggerDraft {
            kind: Some(TriggerKind::LeadStatus),
            count: "1".to_owned(),
            unit: Some(WaitUnit::Days),
            before: true,
            ..TriggerDraft::default()
        },
        steps: vec![step_at_once()],
        stop_on_reply: true,
        ..Draft::default()
    }
}

fn step_at_once() -> StepDraft {
    StepDraft { count: "0".to_owned(), unit: Some(WaitUnit::Minutes), ..StepDraft::default() }
}

pub fn stored(automation: &Automation) -> Draft {
    let definition = &automation.definition;
    Draft {
        name: definition.name.clone(),
        version: Some(automation.version),
        trigger: trigger(&definition.trigger),
        conditions: definition.conditions.iter().map(condition).collect(),
        steps: definition.steps.iter().map(step).collect(),
        stop_on_reply: definition.stop_on_reply,
        number: definition.number,
    }
}

fn trigger(trigger: &Trigger) -> TriggerDraft {
    let mut draft = TriggerDraft { kind: Some(trigger.kind()), ..fresh().trigger };
    let mut wait = |wait: &Wait| (draft.count, draft.unit) = (wait.count.to_string(), Some(wait.unit));
    match trigger {
        Trigger::ClientCreated | Trigger::FirstText => {}
        Trigger::LeadStatus { to, from } => (draft.to, draft.from) = (Some(*to), *from),
        Trigger::Appointment { wait: so_long, before } => {
            wait(so_long);
            draft.before = *before;
        }
        Trigger::NoReply { wait: so_long } | Trigger::Unanswered { wait: so_long } => wait(so_long),
        Trigger::Keyword { word } => draft.keyword = word.clone(),
    }
    draft
}

fn condition(condition: &Condition) -> ConditionDraft {
    let draft = ConditionDraft { kind: Some(condition.kind()), ..ConditionDraft::default() };
    match condition {
        Condition::LeadStatus(id) => ConditionDraft { status: Some(*id), ..draft },
        Condition::LeadSource(source) => ConditionDraft { source: source.clone(), ..draft },
        Condition::PositionHeld(id) | Condition::PositionEmpty(id) => ConditionDraft { position: Some(*id), ..draft },
        Condition::TimeOfDay { from, to } => ConditionDraft { from: clock(*from), to: clock(*to), ..draft },
        Condition::TextedBefore | Condition::NeverTexted => draft,
    }
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn step(step: &Step) -> StepDraft {
    StepDraft {
        count: step.wait.count.to_string(),
        unit: Some(step.wait.unit),
        body: step.body.clone(),
        push: step.push,
        assignees: step.assignees.clone(),
        ..StepDraft::default()
    }
}

/// Puts what was filled in on top; what is absent stays. A list that the form showed is as the form has it.
pub fn filled_in(mut draft: Draft, typed: &Typed) -> Draft {
    set(&mut draft.name, typed.get("name"));
    if let Some(version) = typed.id("version") {
        draft.version = version;
    }
    draft.stop_on_reply = typed.yes("stop_on_reply").unwrap_or(draft.stop_on_reply);
    draft.number = typed.id("number").unwrap_or(draft.number);
    fill_trigger(&mut draft.trigger, typed);
    let numbers = typed.numbers("condition");
    let shown = typed.get("conditions").is_some();
    draft.conditions = several(draft.conditions, &numbers, shown, |one, number| fill_condition(one, number, typed));
    let numbers = typed.numbers("step");
    let shown = typed.get("steps").is_some();
    draft.steps = several(draft.steps, &numbers, shown, |one, number| fill_step(one, number, typed));
    draft
}

fn several<T: Default>(
    mut stored: Vec<T>,
    numbers: &BTreeSet<usize>,
    shown: bool,
    fill: impl Fn(&mut T, usize),
) -> Vec<T> {
    if shown {
        stored.clear();
    }
    let mut all: BTreeMap<usize, T> = (1..).zip(stored).collect();
    for number in numbers {
        fill(all.entry(*number).or_default(), *number);
    }
    all.into_values().collect()
}

fn fill_trigger(draft: &mut TriggerDraft, typed: &Typed) {
    if let Some(kind) = typed.get("trigger") {
        draft.kind = kind.parse::<TriggerKind>().ok();
    }
    draft.to = typed.id("to_status").unwrap_or(draft.to);
    draft.from = typed.id("from_status").unwrap_or(draft.from);
    set(&mut draft.count, typed.get("trigger_count"));
    if let Some(unit) = typed.get("trigger_unit") {
        draft.unit = unit.parse().ok();
    }
    if let Some(side) = typed.get("trigger_side") {
        draft.before = side == "before";
    }
    set(&mut draft.keyword, typed.get("keyword"));
}

fn fill_condition(draft: &mut ConditionDraft, number: usize, typed: &Typed) {
    let name = |part: &str| format!("condition_{number}_{part}");
    if let Some(kind) = typed.get(&name("kind")) {
        draft.kind = kind.parse::<ConditionKind>().ok();
    }
    draft.status = typed.id(&name("status")).unwrap_or(draft.status);
    set(&mut draft.source, typed.get(&name("source")));
    draft.position = typed.id(&name("position")).unwrap_or(draft.position);
    set(&mut draft.from, typed.get(&name("from")));
    set(&mut draft.to, typed.get(&name("to")));
}

fn fill_step(draft: &mut StepDraft, number: usize, typed: &Typed) {
    let name = |part: &str| format!("step_{number}_{part}");
    set(&mut draft.count, typed.get(&name("count")));
    if let Some(unit) = typed.get(&name("unit")) {
        draft.unit = unit.parse().ok();
    }
    set(&mut draft.body, typed.get(&name("body")));
    draft.push = typed.yes(&name("push")).unwrap_or(draft.push);
    let ticked = typed.assignees(number);
    // A tick that is missing says something only where the boxes were shown
    if typed.get(&name("people")).is_some() {
        draft.assignees = ticked;
    } else {
        let more: Vec<Assignee> = ticked.into_iter().filter(|one| !draft.assignees.contains(one)).collect();
        draft.assignees.extend(more);
    }
}

fn set(old: &mut String, typed: Option<&str>) {
    if let Some(typed) = typed {
        *old = typed.replace("\r\n", "\n");
    }
}

/// What a button of the form does to it: `add_step`, `remove_step_2`, `raise_step_3`, `add_condition`, `remove_condition_1`.
/// Everything else changes nothing and shows how it comes out.
pub fn change(draft: &mut Draft, what: &str) {
    match what {
        "add_step" if draft.steps.len() < MOST_STEPS => {
            let first = draft.steps.is_empty();
            let later = StepDraft { count: "1".to_owned(), unit: Some(WaitUnit::Days), ..StepDraft::default() };
            draft.steps.push(if first { step_at_once() } else { later });
        }
        "add_condition" if draft.conditions.len() < MOST_CONDITIONS => {
            draft
                .conditions
                .push(ConditionDraft { kind: Some(ConditionKind::LeadStatus), ..ConditionDraft::default() });
        }
        _ => {}
    }
    let place = |prefix: &str| what.strip_prefix(prefix)?.parse::<usize>().ok()?.checked_sub(1);
    if let Some(index) = place("remove_step_").filter(|index| *index < draft.steps.len()) {
        draft.steps.remove(index);
    }
    if let Some(index) = place("remove_condition_").filter(|index| *index < draft.conditions.len()) {
        draft.conditions.remove(index);
    }
    if let Some(index) = place("raise_step_").filter(|index| (1..draft.steps.len()).contains(index)) {
        draft.steps.swap(index - 1, index);
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::definition;
    use super::*;
    use crate::domain::Definition;

    fn automation() -> Automation {
        let step = |body: &str, user| Step {
            wait: Wait { count: 2, unit: WaitUnit::Hours },
            body: body.to_owned(),
            push: true,
            assignees: vec![Assignee::User(user)],
        };
        let at = "2026-06-01T12:00:00".parse().unwrap();
        Automation {
            id: 1,
            active: true,
            archived: false,
            version: 3,
            swept_until: at,
            swept_id: 0,
            updated_at: at,
            definition: Definition {
                name: "A".to_owned(),
                trigger: Trigger::Appointment { wait: Wait { count: 3, unit: WaitUnit::Hours }, before: false },
                conditions: vec![Condition::TimeOfDay { from: 540, to: 1_020 }, Condition::PositionEmpty(2)],
                steps: vec![step("One", 7), step("Two", 8)],
                stop_on_reply: true,
                number: Some(4),
            },
        }
    }

    fn typed(fields: &str) -> Typed {
        serde_urlencoded::from_str(fields).unwrap()
    }

    fn bodies(draft: &Draft) -> Vec<&str> {
        draft.steps.iter().map(|step| step.body.as_str()).collect()
    }

    #[test]
    fn what_was_not_sent_stays_as_it_is() {
        let same = filled_in(stored(&automation()), &typed("id=9&active=no"));
        assert_eq!(definition(&same), Ok(automation().definition));
        let one = filled_in(stored(&automation()), &typed("step_2_body=Other"));
        assert_eq!(bodies(&one), ["One", "Other"]);
        assert_eq!(one.steps[1].assignees, [Assignee::User(8)]);
    }

    #[test]
    fn a_list_that_was_shown_is_as_it_was_sent() {
        let fields = "steps=shown&conditions=shown&step_5_body=New&step_5_people=shown&step_5_push=no&step_5_push=yes";
        let draft = filled_in(stored(&automation()), &typed(fields));
        assert!(draft.conditions.is_empty());
        assert_eq!(bodies(&draft), ["New"]);
        assert!(draft.steps[0].push && draft.steps[0].assignees.is_empty());
    }

    #[test]
    fn buttons_add_remove_and_move() {
        let mut draft = stored(&automation());
        change(&mut draft, "raise_step_2");
        assert_eq!(bodies(&draft), ["Two", "One"]);
        change(&mut draft, "remove_step_1");
        change(&mut draft, "remove_step_9");
        change(&mut draft, "raise_step_1");
        change(&mut draft, "add_step");
        assert_eq!(bodies(&draft), ["One", ""]);
        change(&mut draft, "remove_condition_1");
        change(&mut draft, "add_condition");
        let kinds: Vec<_> = draft.conditions.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [Some(ConditionKind::PositionEmpty), Some(ConditionKind::LeadStatus)]);
        (0..20).for_each(|_| change(&mut draft, "add_step"));
        assert_eq!(draft.steps.len(), MOST_STEPS);
    }
}
