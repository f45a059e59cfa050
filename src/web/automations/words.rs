//! Automations in sentences, with the names of what they refer to.

use std::collections::HashMap;

use crate::domain::{Assignee, Definition, LeadStatusId, PositionId, Trigger, UserId, Wait};
use crate::store::{DbConnection, Stored, lead_statuses, positions, users};
use crate::web::view::automations::in_short;

/// What ids are called.
pub struct Names {
    pub statuses: HashMap<LeadStatusId, String>,
    pub positions: HashMap<PositionId, String>,
    pub people: HashMap<UserId, String>,
}

impl Names {
    pub fn load(connection: &mut DbConnection) -> Stored<Self> {
        Ok(Self {
            statuses: lead_statuses::all(connection)?.into_iter().map(|one| (one.id, one.name)).collect(),
            positions: positions::all(connection)?.into_iter().map(|one| (one.id, one.name)).collect(),
            people: users::all(connection)?.into_iter().map(|one| (one.id, one.name)).collect(),
        })
    }

    /// "When the lead status becomes Appointment Set".
    pub fn trigger(&self, trigger: &Trigger) -> String {
        let status = |id: &LeadStatusId| self.statuses.get(id).map_or("one that was deleted", String::as_str);
        match trigger {
            Trigger::ClientCreated => "When a client is entered".to_owned(),
            Trigger::LeadStatus { to, from: None } => format!("When the lead status becomes {}", status(to)),
            Trigger::LeadStatus { to, from: Some(from) } => {
                format!("When the lead status changes from {} to {}", status(from), status(to))
            }
            Trigger::Appointment { wait: Wait { count: 0, .. }, .. } => "At the time of the appointment".to_owned(),
            Trigger::Appointment { wait, before: true } => capital(&format!("{wait} before the appointment")),
            Trigger::Appointment { wait, before: false } => capital(&format!("{wait} after the appointment")),
            Trigger::NoReply { wait } => format!("When the client has not replied for {wait}"),
            Trigger::Unanswered { wait } => format!("When we have not answered the client for {wait}"),
            Trigger::FirstText => "When an unknown phone texts for the first time".to_owned(),
            Trigger::Keyword { word } => format!("When a client texts “{word}”"),
        }
    }

    /// "2 texts; assigns Sales Person, Michael Scott".
    pub fn does(&self, definition: &Definition) -> String {
        let texts = match definition.steps.len() {
            1 => "1 text".to_owned(),
            count => format!("{count} texts"),
        };
        let mut names: Vec<&str> = Vec::new();
        for assignee in definition.steps.iter().flat_map(|step| &step.assignees) {
            if let Some(name) = self.assignee(assignee).filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        format!("{texts}; assigns {}", in_short(&names))
    }

    pub fn assignee(&self, assignee: &Assignee) -> Option<&str> {
        match assignee {
            Assignee::Position(id) => self.positions.get(id),
            Assignee::User(id) => self.people.get(id),
        }
        .map(String::as_str)
    }
}

/// "Right away", "2 days after the step before".
pub fn waits(wait: Wait, index: usize) -> String {
    match (wait.count, index) {
        (0, 0) => "Right away".to_owned(),
        (0, _) => "Right after the step before".to_owned(),
        (_, 0) => capital(&format!("{wait} later")),
        _ => capital(&format!("{wait} after the step before")),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Step, WaitUnit};

    fn names() -> Names {
        Names {
            statuses: HashMap::from([(1, "Lead Received".to_owned()), (2, "Appointment Set".to_owned())]),
            positions: HashMap::from([(1, "Sales Person".to_owned())]),
            people: HashMap::from([(7, "Michael Scott".to_owned())]),
        }
    }

    #[test]
    fn a_trigger_is_a_sentence() {
        let wait = Wait { count: 1, unit: WaitUnit::Days };
        for (trigger, words) in [
            (Trigger::ClientCreated, "When a client is entered"),
            (Trigger::LeadStatus { to: 2, from: None }, "When the lead status becomes Appointment Set"),
            (
                Trigger::LeadStatus { to: 2, from: Some(1) },
                "When the lead status changes from Lead Received to Appointment Set",
            ),
            (Trigger::Appointment { wait, before: true }, "1 day before the appointment"),
            (Trigger::Appointment { wait: Wait::NONE, before: true }, "At the time of the appointment"),
            (Trigger::NoReply { wait }, "When the client has not replied for 1 day"),
            (Trigger::Unanswered { wait }, "When we have not answered the client for 1 day"),
            (Trigger::FirstText, "When an unknown phone texts for the first time"),
            (Trigger::Keyword { word: "QUOTE".to_owned() }, "When a client texts “QUOTE”"),
        ] {
            assert_eq!(names().trigger(&trigger), words);
        }
    }

    #[test]
    fn whom_it_assigns_is_said_once() {
        let step = |assignees: &[Assignee]| Step {
            wait: Wait::NONE,
            body: "Hi".to_owned(),
            push: false,
            assignees: assignees.to_vec(),
        };
        let automation = |steps| Definition {
            name: "A".to_owned(),
            trigger: Trigger::FirstText,
            conditions: Vec::new(),
            steps,
            stop_on_reply: false,
            number: None,
        };
        let both = [Assignee::Position(1), Assignee::User(7)];
        assert_eq!(names().does(&automation(vec![step(&[])])), "1 text; assigns nobody");
        assert_eq!(
            names().does(&automation(vec![step(&both), step(&[Assignee::User(7)])])),
            "2 texts; assigns Sales Person, Michael Scott"
        );
    }
}
