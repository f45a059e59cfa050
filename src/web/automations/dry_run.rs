use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::words::{Names, waits};
use crate::assignment_policy::sees_clients;
use crate::automation::Outcome;
use crate::domain::{Assignee, AutomationId, ClientId, ClientScope, OutsideAddress, Trigger, UserId, WhyNot, segments};
use crate::services::automations::{Sent, Trial, Tried, try_out};
use crate::services::facts::staff_member;
use crate::store::automations::{self, Automation};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_list};
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::format;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::settings::templates::size;
use crate::web::site::{Site, zone};
use crate::web::view::Section;
use crate::web::view::automations::{DryRunPage, FoundClient, TriedStep, Whom};

const FOUND: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    client: String,
    q: String,
    before: String,
}

/// `GET /automations/{id}/dry-run`: what it would do for a client. Nothing is changed by it.
pub async fn show(
    site: Data<Site>,
    me: AutomationEditor,
    id: Path<AutomationId>,
    asked: Query<Asked>,
) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, id, &asked)).await?))
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: AutomationId,
    asked: &Asked,
) -> Result<DryRunPage, Error> {
    let automation = automations::find(connection, id)?.filter(|one| !one.archived).ok_or(Error::NotFound)?;
    let (now, ours, names) = (site.now(), zone(connection)?, Names::load(connection)?);
    let trial = match asked.client.trim() {
        "" => None,
        client => {
            let client = client.parse().map_err(|_| Error::NotFound)?;
            Some(try_out(connection, me, &automation.definition, client, now)?)
        }
    };
    let q: String = asked.q.trim().chars().take(100).collect();
    let (found, next) = match &trial {
        Some(_) => (Vec::new(), None),
        None => found(connection, me, id, &q, asked.before.parse().ok())?,
    };
    let clock = Clocks { ours, theirs: trial.as_ref().map_or(ours, |trial| trial.zone) };
    Ok(DryRunPage {
        shell: site.shell(connection, me, Section::Automations)?,
        id,
        trigger: names.trigger(&automation.definition.trigger),
        active: automation.active,
        client: trial.as_ref().map(|trial| (trial.client.id, trial.client.name())),
        note: trial.as_ref().and_then(|trial| note(&automation, trial, &clock)),
        steps: trial.map(|trial| steps(&automation, trial, &clock, &names)).unwrap_or_default(),
        name: automation.definition.name,
        q,
        found,
        next,
    })
}

/// What this client's texts are timed by, and what we live by.
struct Clocks {
    ours: Tz,
    theirs: Tz,
}

impl Clocks {
    fn at(&self, at: NaiveDateTime) -> String {
        format!("{} ({})", format::in_full(at, self.theirs), self.theirs.name())
    }

    fn at_ours(&self, at: NaiveDateTime) -> Option<String> {
        (self.ours != self.theirs).then(|| format!("{} ({})", format::in_full(at, self.ours), self.ours.name()))
    }
}

fn note(automation: &Automation, trial: &Trial, clock: &Clocks) -> Option<String> {
    let Some(begins) = trial.begins else {
        return Some("There is no appointment on the record, so it does not begin.".to_owned());
    };
    match automation.definition.trigger {
        Trigger::Appointment { .. } => Some(format!("It begins on {}.", clock.at(begins))),
        Trigger::FirstText => Some(
            "It begins for phones that are on no record. It is tried here as if this client’s phone were one."
                .to_owned(),
        ),
        _ => Some("As if its trigger happened just now.".to_owned()),
    }
}

fn steps(automation: &Automation, trial: Trial, clock: &Clocks, names: &Names) -> Vec<TriedStep> {
    let step = |(index, (tried, step)): (usize, (Tried, &crate::domain::Step))| {
        let after = waits(step.wait, index);
        match tried {
            Tried::Sends(sent) => sends(after, &sent, clock, names),
            Tried::Ends(why) => skipped(after, format!("Nothing is sent: {}.", lower_first(why.sentence()))),
            Tried::NotReached => skipped(after, "It does not come to this: the run ends before.".to_owned()),
        }
    };
    trial.steps.into_iter().zip(&automation.definition.steps).enumerate().map(step).collect()
}

fn skipped(after: String, why: String) -> TriedStep {
    TriedStep { after, skipped: Some(why), ..TriedStep::default() }
}

fn sends(after: String, sent: &Sent, clock: &Clocks, names: &Names) -> TriedStep {
    let text = sent.text.as_str().to_owned();
    TriedStep {
        after,
        skipped: None,
        size: size(&segments(&text)),
        text,
        introduces: sent.introduces,
        at: clock.at(sent.at),
        at_ours: clock.at_ours(sent.at),
        deferred: sent.deferred.map(|why| match why {
            WhyNot::QuietHours => "It waits for the end of quiet hours where the client lives.".to_owned(),
            why => format!("{}.", why.sentence()),
        }),
        assigned: sent.whom.iter().map(|outcome| somebody(outcome, names)).collect(),
        told: told(&sent.told, names),
    }
}

fn somebody(outcome: &Outcome, names: &Names) -> Whom {
    let person = |user: &UserId| names.people.get(user).cloned().unwrap_or_else(|| "Somebody".to_owned());
    match outcome {
        Outcome::Assigned(user) => Whom { name: person(user), why_not: None },
        Outcome::Skipped { assignee, user, why } => {
            let seat = match assignee {
                Assignee::Position(_) => names.assignee(assignee).unwrap_or("A position that was deleted"),
                Assignee::User(_) => "",
            };
            let name = match (user, seat) {
                (Some(user), "") => person(user),
                (Some(user), seat) => format!("{} ({seat})", person(user)),
                (None, seat) => seat.to_owned(),
            };
            Whom { name, why_not: Some(lower_first(why.sentence())) }
        }
    }
}

/// "Eve and Michael are told."
fn told(users: &[UserId], names: &Names) -> String {
    let mut people: Vec<&str> = users.iter().filter_map(|user| names.people.get(user)).map(String::as_str).collect();
    people.sort_unstable();
    match people.split_last() {
        None => "Nobody is told.".to_owned(),
        Some((one, [])) => format!("{one} is told."),
        Some((last, others)) => format!("{} and {last} are told.", others.join(", ")),
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Only records that this person may open, the newest first.
fn found(
    connection: &mut DbConnection,
    me: &User,
    id: AutomationId,
    q: &str,
    before: Option<ClientId>,
) -> Stored<(Vec<FoundClient>, Option<String>)> {
    if !sees_clients(&staff_member(me)) {
        return Ok((Vec::new(), None));
    }
    let query = client_list::Query {
        held_by: (me.may.client_scope != ClientScope::All).then_some(me.id),
        search: q.to_owned(),
        before,
        limit: FOUND as i64 + 1,
        ..client_list::Query::default()
    };
    let mut rows = client_list::page(connection, &query)?;
    let more = rows.len() > FOUND;
    rows.truncate(FOUND);
    let next = rows.last().filter(|_| more).map(|last| {
        let mut query = Serializer::new(String::new());
        query.append_pair("q", q).append_pair("before", &last.id.to_string());
        format!("/automations/{id}/dry-run?{}", query.finish())
    });
    let found = rows.into_iter().map(|row| FoundClient {
        id: row.id,
        name: row.name,
        status: row.lead_status,
        phone: row.phone.map(|phone| OutsideAddress::from_gateway(&phone).display()),
    });
    Ok((found.collect(), next))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn who_is_told_is_a_sentence() {
        let people = [(1, "Eve"), (2, "Michael"), (3, "Ann")].map(|(id, name)| (id, name.to_owned()));
        let names = Names { statuses: HashMap::new(), positions: HashMap::new(), people: HashMap::from(people) };
        assert_eq!(told(&[], &names), "Nobody is told.");
        assert_eq!(told(&[1], &names), "Eve is told.");
        assert_eq!(told(&[2, 1, 3], &names), "Ann, Eve and Michael are told.");
    }
}
