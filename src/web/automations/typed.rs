//! The fields of the editor by name; only names that are asked for are ever read.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::domain::Assignee;

/// Ten texts of 1,600 emoji are 200 KB in a form.
pub const LIMIT: usize = 256 * 1024;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A choice from a list: None where it is absent, an empty one is nothing. What is no id is one of nobody.
    pub fn id(&self, name: &str) -> Option<Option<i64>> {
        self.get(name).map(|text| match text.trim() {
            "" => None,
            text => Some(text.parse().unwrap_or(-1)),
        })
    }

    pub fn yes(&self, name: &str) -> Option<bool> {
        self.get(name).map(|text| text == "yes")
    }

    /// The numbers of what there are several of: `step_2_body` makes 2 one of `step`.
    pub fn numbers(&self, of: &str) -> BTreeSet<usize> {
        let numbers = self.0.keys().filter_map(|name| name.strip_prefix(of)?.strip_prefix('_')?.split('_').next());
        numbers.filter_map(|number| number.parse().ok()).filter(|number| (1..=MOST).contains(number)).collect()
    }

    /// Whom a step assigns, as far as it is ticked: `step_2_position_3=yes`, `step_2_user_7=yes`.
    pub fn assignees(&self, step: usize) -> Vec<Assignee> {
        let ticked = |kind: &str| {
            let prefix = format!("step_{step}_{kind}_");
            let ids = self.0.iter().filter(|(_, value)| *value == "yes");
            let mut ids: Vec<i64> = ids.filter_map(|(name, _)| name.strip_prefix(&prefix)?.parse().ok()).collect();
            ids.sort_unstable();
            ids
        };
        let positions = ticked("position").into_iter().map(Assignee::Position);
        positions.chain(ticked("user").into_iter().map(Assignee::User)).collect()
    }
}

/// More of anything is never looked at; fewer may be saved.
const MOST: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed(fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }

    #[test]
    fn what_there_are_several_of_is_found_by_its_number() {
        let typed = typed(&[("step_2_body", "x"), ("step_10_count", "1"), ("step_0_body", ""), ("steps", "shown")]);
        assert_eq!(typed.numbers("step"), BTreeSet::from([2, 10]));
        assert!(typed.numbers("condition").is_empty());
    }

    #[test]
    fn whoever_is_ticked_is_assigned_positions_first() {
        let typed = typed(&[
            ("step_1_user_12", "yes"),
            ("step_1_user_7", "yes"),
            ("step_1_position_3", "yes"),
            ("step_1_position_4", "no"),
            ("step_1_user_x", "yes"),
            ("step_11_user_9", "yes"),
        ]);
        assert_eq!(typed.assignees(1), [Assignee::Position(3), Assignee::User(7), Assignee::User(12)]);
    }

    #[test]
    fn a_choice_is_absent_nothing_or_an_id() {
        let typed = typed(&[("a", ""), ("b", "7"), ("c", "seven")]);
        assert_eq!(["z", "a", "b", "c"].map(|name| typed.id(name)), [None, Some(None), Some(Some(7)), Some(Some(-1))]);
    }
}
