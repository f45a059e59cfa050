//! Dry run: what an automation would do for a client. Asks what a run asks, and changes nothing.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::{Asked, Calendar, Situation};
use crate::assignment_policy::{
    ClientRecord, Conversation, Staff, WhyNotPickable, audience, may_read_client, pickable,
};
use crate::automation::{Decision, Outcome, Phone, Subject, after, before, decide, whom};
use crate::domain::{ClientId, Definition, SmsText, Trigger, UserId, WhyNot};
use crate::services::facts::{self, staff_member};
use crate::services::{Done, Error};
use crate::store::clients::{self, Client};
use crate::store::users::User;
use crate::store::{DbConnection, Stored};

/// What would happen if the trigger came true: now, or for the appointment on the record.
pub struct Trial {
    pub client: Client,
    /// By which clock the client is texted.
    pub zone: Tz,
    /// When the run would begin; None where the trigger needs an appointment and there is none.
    pub begins: Option<NaiveDateTime>,
    pub steps: Vec<Tried>,
}

/// What a step would do.
pub enum Tried {
    Sends(Box<Sent>),
    /// The run would end here.
    Ends(WhyNot),
    /// It ends before.
    NotReached,
}

pub struct Sent {
    pub text: SmsText,
    pub introduces: bool,
    pub at: NaiveDateTime,
    /// Why it leaves later than its step says.
    pub deferred: Option<WhyNot>,
    pub whom: Vec<Outcome>,
    /// Who would be told if the client replied then.
    pub told: Vec<UserId>,
}

/// For who may open the record; to everybody else there is none.
pub fn try_out(
    connection: &mut DbConnection,
    me: &User,
    definition: &Definition,
    client: ClientId,
    now: NaiveDateTime,
) -> Done<Trial> {
    let client = clients::find(connection, client)?.ok_or(Error::NotFound)?;
    if !may_read_client(&staff_member(me), &record(&client)) {
        return Err(Error::NotFound);
    }
    let zone = Calendar::of_client(connection, Some(client.id))?.zone;
    let begins = match &definition.trigger {
        Trigger::Appointment { wait, before: true } => client.fields.appointment_at.map(|at| before(at, *wait, zone)),
        Trigger::Appointment { wait, before: false } => client.fields.appointment_at.map(|at| after(at, *wait, zone)),
        _ => Some(now),
    };
    let steps = match begins {
        None => Vec::new(),
        Some(began_at) if began_at < now => {
            let later = definition.steps.iter().skip(1).map(|_| Tried::NotReached);
            std::iter::once(Tried::Ends(WhyNot::TooLate)).chain(later).collect()
        }
        Some(began_at) => Trying::of(connection, definition, &client, began_at)?.steps(connection, zone)?,
    };
    Ok(Trial { client, zone, begins, steps })
}

struct Trying<'a> {
    definition: &'a Definition,
    client: &'a Client,
    began_at: NaiveDateTime,
    staff: Vec<Staff>,
    /// The conversation as it would be by then.
    then: Conversation,
}

impl<'a> Trying<'a> {
    fn of(
        connection: &mut DbConnection,
        definition: &'a Definition,
        client: &'a Client,
        began_at: NaiveDateTime,
    ) -> Stored<Self> {
        let staff = facts::staff(connection)?;
        let then = Conversation { clients: vec![record(client)], ..Conversation::default() };
        Ok(Self { definition, client, began_at, staff, then })
    }

    fn steps(mut self, connection: &mut DbConnection, zone: Tz) -> Stored<Vec<Tried>> {
        let mut tried = Vec::new();
        let mut last = Some(self.began_at);
        for (index, step) in self.definition.steps.iter().enumerate() {
            let Some(at) = last else {
                tried.push(Tried::NotReached);
                continue;
            };
            let one = self.step(connection, index, after(at, step.wait, zone))?;
            last = match &one {
                Tried::Sends(sent) => Some(sent.at),
                _ => None,
            };
            tried.push(one);
        }
        Ok(tried)
    }

    fn step(&mut self, connection: &mut DbConnection, index: usize, due_at: NaiveDateTime) -> Stored<Tried> {
        let asked = Asked {
            definition: self.definition,
            step: index,
            client: Some(self.client.id),
            conversation: None,
            began_at: self.began_at,
            due_at,
            slot_at: None,
            subject: Subject::Same,
        };
        let Some(known) = Situation::of(connection, &asked)? else { return Ok(Tried::NotReached) };
        if let Some(id) = known.conversation.filter(|_| index == 0)
            && let Some(conversation) = facts::conversation(connection, id)?
        {
            self.then = conversation.facts;
        }
        let (mut at, mut deferred) = (due_at, None);
        // Quiet hours and the number's row each put it off at most twice
        for _ in 0..5 {
            let mut moment = known.moment(self.definition, at);
            // The first step has told who writes
            if let (Phone::Open { .. }, true) = (moment.phone, index > 0) {
                moment.phone = Phone::Open { introduced: true };
            }
            match decide(&moment) {
                Decision::End { why } => return Ok(Tried::Ends(why)),
                Decision::Defer { until, why, .. } => {
                    deferred = deferred.or(why);
                    at = until;
                }
                Decision::Send { text, introduces } => {
                    let whom = self.assign(index, &known);
                    let told = audience(&self.staff, &self.then).iter().map(|told| told.user).collect();
                    return Ok(Tried::Sends(Box::new(Sent { text, introduces, at, deferred, whom, told })));
                }
            }
        }
        Ok(Tried::Ends(deferred.unwrap_or(WhyNot::Pacing)))
    }

    fn assign(&mut self, index: usize, known: &Situation) -> Vec<Outcome> {
        let assignees = self.definition.steps.get(index).map(|step| step.assignees.as_slice()).unwrap_or_default();
        let staff = &self.staff;
        let hindrance = |user: UserId| {
            let why = staff.iter().find(|one| one.id == user).map(pickable);
            match why {
                Some(Ok(())) => None,
                Some(Err(WhyNotPickable::NoAccess)) => Some(WhyNot::PersonWithoutAccess),
                Some(Err(WhyNotPickable::Inactive)) | None => Some(WhyNot::PersonInactive),
            }
        };
        let outcomes = whom(assignees, &known.circumstances.holders, &self.then.assigned, hindrance);
        let assigned = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Assigned(user) => Some(*user),
            Outcome::Skipped { .. } => None,
        });
        self.then.assigned.extend(assigned);
        outcomes
    }
}

fn record(client: &Client) -> ClientRecord {
    ClientRecord { id: client.id, holders: client.positions.iter().map(|held| held.user_id).collect() }
}
