//! What may be saved: everything that is wrong is told at once, each with its place.

use std::fmt;

use crate::assignment_policy::pickable;
use crate::domain::{
    Assignee, AutomationId, Condition, Definition, InvalidSmsText, Keyword, LeadStatusId, MergeTemplate, PositionId,
    SmsText, Step, Trigger, UserId, Wait,
};
use crate::services::facts::staff_member;
use crate::services::list_entry::{name_among, room_for_one_more};
use crate::services::{Error, lead_statuses, merge};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, automations, gateways, lead_statuses as statuses, positions, users};

pub const MOST_STEPS: usize = 10;
pub const MOST_CONDITIONS: usize = 20;
/// A word that is texted is short.
const LONGEST_WORD: usize = 40;
const LONGEST_SOURCE: usize = 200;
const DAY: u32 = 24 * 60;

/// Where something is wrong; conditions and steps count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Whole,
    Trigger,
    Condition(usize),
    Step(usize),
}

/// What is wrong with an automation, in words for who sets it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub words: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Whole => f.write_str(&self.words),
            Place::Trigger => write!(f, "Trigger: {}", self.words),
            Place::Condition(index) => write!(f, "Condition {}: {}", index + 1, self.words),
            Place::Step(index) => write!(f, "Step {}: {}", index + 1, self.words),
        }
    }
}

/// Tidied as it would be stored, and what is wrong with it. Whom a step assigned before may stay, also if they cannot be
/// chosen any more: that is looked at when its text leaves.
pub fn check(
    connection: &mut DbConnection,
    id: Option<AutomationId>,
    wanted: &Definition,
) -> Stored<(Definition, Vec<Fault>)> {
    let mut checking = Checking { known: Known::load(connection, id)?, faults: Vec::new() };
    let name = checking.name(connection, id, &wanted.name)?;
    checking.trigger(&wanted.trigger);
    checking.conditions(&wanted.conditions, &wanted.trigger);
    let steps = checking.steps(connection, &wanted.steps)?;
    if wanted.number.is_some_and(|number| !checking.known.numbers.contains(&number)) {
        checking.fault(Place::Whole, "Choose one of our numbers, or the first one.");
    }
    let tidy = Definition { name, steps, ..wanted.clone() };
    Ok((tidy, checking.faults))
}

struct Known {
    statuses: Vec<LeadStatusId>,
    positions: Vec<PositionId>,
    people: Vec<User>,
    numbers: Vec<i64>,
    /// Whom it assigns as it is stored.
    assigned: Vec<UserId>,
}

impl Known {
    fn load(connection: &mut DbConnection, id: Option<AutomationId>) -> Stored<Self> {
        let leaving = lead_statuses::leaving(connection)?;
        let stored = match id {
            Some(id) => automations::find(connection, id)?,
            None => None,
        };
        let steps = stored.map(|stored| stored.definition.steps).unwrap_or_default();
        let assigned = steps.iter().flat_map(|step| &step.assignees).filter_map(|assignee| match assignee {
            Assignee::User(user) => Some(*user),
            Assignee::Position(_) => None,
        });
        Ok(Self {
            statuses: statuses::all(connection)?.iter().map(|one| one.id).filter(|id| !leaving.contains(id)).collect(),
            positions: positions::all(connection)?.iter().map(|one| one.id).collect(),
            people: users::all(connection)?,
            numbers: gateways::numbers(connection)?.iter().map(|number| number.id).collect(),
            assigned: assigned.collect(),
        })
    }
}

struct Checking {
    known: Known,
    faults: Vec<Fault>,
}

impl Checking {
    fn fault(&mut self, place: Place, words: impl Into<String>) {
        self.faults.push(Fault { place, words: words.into() });
    }

    fn name(&mut self, connection: &mut DbConnection, id: Option<AutomationId>, name: &str) -> Stored<String> {
        let all = automations::all(connection)?;
        if id.is_none()
            && let Err(Error::Invalid(why)) = room_for_one_more(all.len())
        {
            self.fault(Place::Whole, why);
        }
        let others = all.iter().filter(|other| Some(other.id) != id).map(|other| other.definition.name.as_str());
        match name_among(name, others) {
            Ok(name) => Ok(name),
            Err(Error::Store(error)) => Err(error),
            Err(why) => {
                self.fault(Place::Whole, why.to_string());
                Ok(name.to_owned())
            }
        }
    }

    fn trigger(&mut self, trigger: &Trigger) {
        let place = Place::Trigger;
        match trigger {
            Trigger::ClientCreated | Trigger::FirstText => {}
            Trigger::LeadStatus { to, from } => {
                if !self.known.statuses.contains(to) {
                    self.fault(place, "choose which lead status begins it.");
                }
                if from.is_some_and(|from| !self.known.statuses.contains(&from)) {
                    self.fault(place, "choose which lead status it comes from, or any.");
                }
                if *from == Some(*to) {
                    self.fault(place, "a lead status does not change into itself. Choose two different ones.");
                }
            }
            Trigger::Appointment { wait, .. } => self.wait(place, *wait, 0),
            Trigger::NoReply { wait } | Trigger::Unanswered { wait } => self.wait(place, *wait, 1),
            Trigger::Keyword { word } => self.keyword(word),
        }
    }

    fn keyword(&mut self, word: &str) {
        let place = Place::Trigger;
        if !word.chars().any(char::is_alphanumeric) {
            self.fault(place, "enter the word that clients text.");
        } else if word.chars().count() > LONGEST_WORD {
            self.fault(place, format!("use at most {LONGEST_WORD} characters for the word."));
        } else if Keyword::of(word, true).is_some() {
            let word = word.trim();
            self.fault(place, format!("“{word}” is an order to us as it is. Choose another word."));
        }
    }

    fn wait(&mut self, place: Place, wait: Wait, least: i64) {
        if !(least..=Wait::MOST).contains(&wait.count) {
            let most = Wait::MOST;
            self.fault(place, format!("enter how long to wait as a whole number from {least} to {most}."));
        }
    }

    fn conditions(&mut self, conditions: &[Condition], trigger: &Trigger) {
        if conditions.len() > MOST_CONDITIONS {
            self.fault(Place::Whole, format!("Use at most {MOST_CONDITIONS} conditions."));
        }
        for (index, condition) in conditions.iter().enumerate() {
            let place = Place::Condition(index);
            match condition {
                Condition::LeadStatus(id) if !self.known.statuses.contains(id) => {
                    self.fault(place, "choose a lead status.");
                }
                Condition::LeadSource(source) if source.trim().is_empty() => {
                    self.fault(place, "enter a lead source.");
                }
                Condition::LeadSource(source) if source.chars().count() > LONGEST_SOURCE => {
                    self.fault(place, format!("use at most {LONGEST_SOURCE} characters for the lead source."));
                }
                Condition::PositionHeld(id) | Condition::PositionEmpty(id) if !self.known.positions.contains(id) => {
                    self.fault(place, "choose a position.");
                }
                Condition::TimeOfDay { from, to } if *from >= DAY || *to >= DAY => {
                    self.fault(place, "enter both times, like 09:00 and 17:00.");
                }
                Condition::TimeOfDay { from, to } if from == to => {
                    self.fault(place, "the two times are the same, so no time is between them.");
                }
                _ => {}
            }
            if asks_a_record(condition) && *trigger == Trigger::FirstText {
                self.fault(place, "a phone that texts for the first time is on no record, so this is never met.");
            }
            if conditions.iter().take(index).any(|other| contradicts(other, condition)) {
                self.fault(place, "it contradicts a condition above, so both are never met.");
            }
        }
    }

    fn steps(&mut self, connection: &mut DbConnection, steps: &[Step]) -> Stored<Vec<Step>> {
        if steps.is_empty() {
            self.fault(Place::Whole, "Add a step: an automation sends at least one text.");
        }
        if steps.len() > MOST_STEPS {
            self.fault(Place::Whole, format!("Use at most {MOST_STEPS} steps."));
        }
        let fields = merge::fields(connection)?;
        let mut tidy = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let place = Place::Step(index);
            self.wait(place, step.wait, 0);
            let body = match SmsText::parse(&step.body) {
                Ok(text) => text.as_str().to_owned(),
                Err(why) => {
                    self.fault(
                        place,
                        match why {
                            InvalidSmsText::Blank => "write the text: it is empty.".to_owned(),
                            why => why.to_string(),
                        },
                    );
                    step.body.clone()
                }
            };
            if let Err(errors) = MergeTemplate::parse(&body, &fields) {
                errors.iter().for_each(|error| self.fault(place, error.to_string()));
            }
            step.assignees.iter().for_each(|assignee| self.assignee(place, *assignee));
            tidy.push(Step { body, ..step.clone() });
        }
        Ok(tidy)
    }

    fn assignee(&mut self, place: Place, assignee: Assignee) {
        let user = match assignee {
            Assignee::Position(position) => {
                if !self.known.positions.contains(&position) {
                    self.fault(place, "choose positions from the list.");
                }
                return;
            }
            Assignee::User(user) => user,
        };
        if self.known.assigned.contains(&user) {
            return;
        }
        match self.known.people.iter().find(|person| person.id == user) {
            None => self.fault(place, "choose people from the list."),
            Some(person) => {
                if let Err(why) = pickable(&staff_member(person)) {
                    let words = format!("{} cannot be assigned: {why}.", person.name);
                    self.fault(place, words);
                }
            }
        }
    }
}

/// It is about what only a client record says.
fn asks_a_record(condition: &Condition) -> bool {
    matches!(condition, Condition::LeadStatus(_) | Condition::LeadSource(_) | Condition::PositionHeld(_))
}

fn contradicts(one: &Condition, other: &Condition) -> bool {
    matches!(
        (one, other),
        (Condition::TextedBefore, Condition::NeverTexted) | (Condition::NeverTexted, Condition::TextedBefore)
    ) || match (one, other) {
        (Condition::PositionHeld(a), Condition::PositionEmpty(b))
        | (Condition::PositionEmpty(a), Condition::PositionHeld(b)) => a == b,
        _ => false,
    }
}
