use askama::Template;

use super::{Draft, StepDraft};
use crate::domain::{
    AutomationId, ClientId, ConditionKind, LeadStatusId, MergeField, MessageTemplateId, NumberId, PositionId,
    TriggerKind, UserId, WaitUnit,
};
use crate::web::view::settings::Preview;
use crate::web::view::{PageParts, Shell};

/// `GET /automations/new` and `/automations/{id}`, and the answer to what was filled in there.
#[derive(Debug, Clone, Template)]
#[template(path = "automations/editor.html", blocks = ["editor"])]
pub struct EditorPage {
    pub shell: Shell,
    /// None for a new one.
    pub id: Option<AutomationId>,
    /// As it is stored; the title.
    pub title: String,
    pub active: bool,
    pub draft: Draft,
    /// All that is wrong with it.
    pub faults: Vec<FaultLine>,
    pub choices: Choices,
    /// Clients to try the texts on.
    pub clients: Vec<(ClientId, String)>,
    pub client: Option<ClientId>,
    /// What happens to what waits when it is deleted.
    pub waiting: String,
}

/// What is wrong, and where in the form.
#[derive(Debug, Clone)]
pub struct FaultLine {
    pub words: String,
    /// The id of an element.
    pub place: String,
}

/// What the form offers.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub statuses: Vec<(LeadStatusId, String)>,
    pub positions: Vec<(PositionId, String)>,
    pub people: Vec<PersonChoice>,
    pub numbers: Vec<(NumberId, String)>,
    pub templates: Vec<(MessageTemplateId, String)>,
    pub fields: Vec<MergeField>,
}

#[derive(Debug, Clone)]
pub struct PersonChoice {
    pub id: UserId,
    pub name: String,
    /// Why they cannot be assigned.
    pub why_not: Option<String>,
}

impl EditorPage {
    pub fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/automations/{id}"),
            None => "/automations/new".to_owned(),
        }
    }

    /// Where the form goes to be changed, not saved: `add_step`, `remove_condition_2`.
    pub fn doing(&self, what: &str) -> String {
        format!("{}?do={what}", self.action())
    }

    /// The same for one of the steps or conditions, which count from 1.
    pub fn doing_to(&self, what: &str, number: &usize) -> String {
        format!("{}?do={what}_{number}", self.action())
    }

    pub fn trigger_kinds(&self) -> &'static [(TriggerKind, &'static str)] {
        &[
            (TriggerKind::LeadStatus, "The lead status changes"),
            (TriggerKind::ClientCreated, "A client is entered"),
            (TriggerKind::Appointment, "Before or after an appointment"),
            (TriggerKind::NoReply, "The client has not replied for a while"),
            (TriggerKind::Unanswered, "We have not answered the client for a while"),
            (TriggerKind::FirstText, "An unknown phone texts for the first time"),
            (TriggerKind::Keyword, "A client texts a word"),
        ]
    }

    pub fn condition_kinds(&self) -> &'static [(ConditionKind, &'static str)] {
        &[
            (ConditionKind::LeadStatus, "The lead status is"),
            (ConditionKind::LeadSource, "The lead source is"),
            (ConditionKind::PositionHeld, "Somebody holds the position"),
            (ConditionKind::PositionEmpty, "Nobody holds the position"),
            (ConditionKind::TimeOfDay, "It begins between"),
            (ConditionKind::TextedBefore, "We have texted them before"),
            (ConditionKind::NeverTexted, "We have never texted them"),
        ]
    }

    pub fn units(&self) -> &'static [(WaitUnit, &'static str)] {
        &[(WaitUnit::Minutes, "minutes"), (WaitUnit::Hours, "hours"), (WaitUnit::Days, "days")]
    }

    /// Whom a step assigns, by name.
    pub fn whom(&self, step: &StepDraft) -> String {
        let positions = self.choices.positions.iter().filter(|(id, _)| step.assigns_position(id));
        let people = self.choices.people.iter().filter(|person| step.assigns_user(&person.id));
        let names: Vec<&str> =
            positions.map(|(_, name)| name.as_str()).chain(people.map(|person| person.name.as_str())).collect();
        in_short(&names)
    }

    /// How a field is written.
    pub fn example(&self) -> &'static str {
        "{{client.first_name|there}}"
    }
}

/// So many names are said; the others are counted.
const NAMED: usize = 4;

/// "Sales Person, Michael Scott", "Ann, Bob, Carl, Dana and 26 more", "nobody".
pub fn in_short(names: &[&str]) -> String {
    let said = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match (names.len(), names.len().saturating_sub(NAMED)) {
        (0, _) => "nobody".to_owned(),
        (_, 0) => said,
        (_, more) => format!("{said} and {more} more"),
    }
}

impl PageParts for EditorPage {
    /// `preview-2` is how the text of the second step comes out.
    fn part(&self, target: &str) -> askama::Result<String> {
        let number = target.strip_prefix("preview-").and_then(|number| number.parse::<usize>().ok());
        let step = number.and_then(|number| Some((number, self.draft.steps.get(number.checked_sub(1)?)?)));
        match step {
            Some((number, step)) => StepPreview { number, preview: &step.preview }.render(),
            None => self.as_editor().render(),
        }
    }
}

/// How the text of a step comes out, by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "automations/_preview.html")]
pub struct StepPreview<'a> {
    pub number: usize,
    pub preview: &'a Preview,
}

#[cfg(test)]
mod tests {
    use super::in_short;

    #[test]
    fn many_names_are_counted() {
        assert_eq!(in_short(&[]), "nobody");
        assert_eq!(in_short(&["A", "B"]), "A, B");
        assert_eq!(in_short(&["A", "B", "C", "D", "E", "F"]), "A, B, C, D and 2 more");
    }
}
