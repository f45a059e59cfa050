//! The editor's page, as it is stored or as it was filled in.

use super::choices::choices;
use super::preview::Sample;
use super::typed::Typed;
use super::{drafting, reading};
use crate::domain::{AutomationId, ClientId, RunState};
use crate::services::automations::{self as service, Fault, Place};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, automation_runs, automations, message_templates};
use crate::web::error::Error;
use crate::web::format::bounded;
use crate::web::settings::templates::clients;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::automations::{Draft, EditorPage, FaultLine};

/// Why the page is shown.
pub enum Shown<'a> {
    /// It was opened.
    Opened,
    /// A button of the form did something to it: nothing is saved, and nothing wrong yet.
    Done(&'a str),
    /// It was not saved.
    Refused(String),
}

pub fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: Option<AutomationId>,
    typed: &Typed,
    shown: Shown<'_>,
) -> Result<EditorPage, Error> {
    let stored = match id {
        Some(id) => Some(automations::find(connection, id)?.filter(|one| !one.archived).ok_or(Error::NotFound)?),
        None => None,
    };
    let mut draft = drafting::filled_in(stored.as_ref().map_or_else(drafting::fresh, drafting::stored), typed);
    let mut faults = Vec::new();
    match shown {
        Shown::Opened => {}
        Shown::Done(what) => {
            drafting::change(&mut draft, what);
            put_in_template(connection, &mut draft, typed, what)?;
        }
        Shown::Refused(why) => {
            faults = lines(&wrong(connection, id, &draft)?);
            if let Some(stored) = stored.as_ref().filter(|stored| draft.version.is_some_and(|v| v != stored.version)) {
                faults.insert(0, changed_meanwhile(connection, stored.id, why)?);
                draft.version = Some(stored.version);
            } else if faults.is_empty() {
                faults.push(FaultLine { words: why, place: "automation-form".to_owned() });
            }
        }
    }
    let clients = clients(connection, me)?;
    let chosen = typed.get("client").and_then(|id| id.parse::<ClientId>().ok());
    // Only whom they may read is there to be chosen
    let chosen = chosen.filter(|id| clients.iter().any(|(offered, _)| offered == id));
    let client = chosen.or_else(|| clients.first().map(|(id, _)| *id));
    let sample = Sample::load(connection, client)?;
    for step in &mut draft.steps {
        step.preview = sample.preview(&step.body);
    }
    let waiting = match id {
        Some(id) => automation_runs::count(connection, id, RunState::Waiting, 100)?,
        None => 0,
    };
    let title = stored.as_ref().map(|stored| stored.definition.name.clone());
    Ok(EditorPage {
        shell: site.shell(connection, me, Section::Automations)?,
        id,
        title: title.unwrap_or_else(|| "New automation".to_owned()),
        active: stored.is_some_and(|stored| stored.active),
        draft,
        faults,
        choices: choices(connection)?,
        clients,
        client,
        waiting: ends_with_it(waiting),
    })
}

/// All that is wrong with what was filled in.
fn wrong(connection: &mut DbConnection, id: Option<AutomationId>, draft: &Draft) -> Stored<Vec<Fault>> {
    match reading::definition(draft) {
        Ok(definition) => Ok(service::check(connection, id, &definition)?.1),
        Err(faults) => Ok(faults),
    }
}

fn lines(faults: &[Fault]) -> Vec<FaultLine> {
    let line = |fault: &Fault| FaultLine {
        words: fault.to_string(),
        place: match fault.place {
            Place::Whole => "automation-form".to_owned(),
            Place::Trigger => "trigger".to_owned(),
            Place::Condition(index) => format!("condition-{}", index + 1),
            Place::Step(index) => format!("step-{}", index + 1),
        },
    };
    faults.iter().map(line).collect()
}

fn changed_meanwhile(connection: &mut DbConnection, id: AutomationId, why: String) -> Stored<FaultLine> {
    let who = service::changed_by(connection, id)?;
    let words = match who {
        Some(who) => format!(
            "{who} changed this automation meanwhile, and nothing was saved. What you filled in is still here: save it \
             again to put it in the place of what {who} saved, or open the page anew to see that."
        ),
        None => why,
    };
    Ok(FaultLine { words, place: "automation-form".to_owned() })
}

/// `template_2`: the words of the template that is chosen at the second step go to the end of its text.
fn put_in_template(connection: &mut DbConnection, draft: &mut Draft, typed: &Typed, what: &str) -> Stored<()> {
    let Some(number) = what.strip_prefix("template_").and_then(|number| number.parse::<usize>().ok()) else {
        return Ok(());
    };
    let chosen = typed.id(&format!("step_{number}_template")).flatten();
    let template = chosen.map(|id| message_templates::find(connection, id)).transpose()?.flatten();
    let step = number.checked_sub(1).and_then(|index| draft.steps.get_mut(index));
    if let (Some(template), Some(step)) = (template, step) {
        let gap = if step.body.trim().is_empty() { "" } else { "\n" };
        step.body = format!("{}{gap}{}", step.body.trim_end(), template.body);
    }
    Ok(())
}

fn ends_with_it(waiting: usize) -> String {
    match waiting {
        0 => "No run waits for its time.".to_owned(),
        1 => "1 run waits for its time; it ends without another text.".to_owned(),
        count => {
            let count = bounded(i64::try_from(count).unwrap_or(100));
            format!("{count} runs wait for their time; they end without another text.")
        }
    }
}
