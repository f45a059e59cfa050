use chrono::NaiveDateTime;

use super::Calendar;
use crate::automation::{Circumstances, Moment, Phone, Subject};
use crate::domain::{
    ClientId, ConversationId, Definition, MergeTemplate, MergeValues, NumberId, Occurrence, Step, Trigger,
};
use crate::services::merge;
use crate::store::automation_facts;
use crate::store::automation_runs::Run;
use crate::store::clients::Client;
use crate::store::{DbConnection, Stored, client_phones, clients, company, conversations, gateways, merge_facts};

/// About which step of which automation, for whom. A dry run asks the same as a run.
pub struct Asked<'a> {
    pub definition: &'a Definition,
    /// From 0.
    pub step: usize,
    /// The record; else the one that the conversation belongs to.
    pub client: Option<ClientId>,
    /// Where the text goes; else the newest conversation with the phone for texting of the record, or a new one.
    pub conversation: Option<ConversationId>,
    pub began_at: NaiveDateTime,
    pub due_at: NaiveDateTime,
    pub slot_at: Option<NaiveDateTime>,
    pub subject: Subject,
}

/// What decides about a step, looked up. Nothing is changed by looking.
pub struct Situation {
    pub client: Option<Client>,
    /// None where one is to be opened first.
    pub conversation: Option<ConversationId>,
    /// From which number of ours; None where there is none.
    pub number: Option<NumberId>,
    /// Where it goes to, in E.164.
    pub to: Option<String>,
    pub circumstances: Circumstances,
    pub calendar: Calendar,
    pub step: Step,
    is_first: bool,
    due_at: NaiveDateTime,
    slot_at: Option<NaiveDateTime>,
    pub phone: Phone,
    subject: Subject,
    plan_has_sms: bool,
    pub number_free_at: NaiveDateTime,
    company: String,
    template: Option<MergeTemplate>,
    values: MergeValues,
}

impl Situation {
    /// Of a run that waits; None where its automation has no such step any more.
    pub fn of_run(connection: &mut DbConnection, definition: &Definition, run: &Run) -> Stored<Option<Self>> {
        let (client, subject) = subject(connection, run)?;
        let asked = Asked {
            definition,
            step: usize::try_from(run.step).unwrap_or(usize::MAX),
            client,
            conversation: run.conversation_id,
            began_at: run.started_at,
            due_at: run.due_at,
            slot_at: run.slot_at,
            subject,
        };
        Self::of(connection, &asked)
    }

    /// A fixed number of queries, whatever the size of anything.
    pub fn of(connection: &mut DbConnection, asked: &Asked<'_>) -> Stored<Option<Self>> {
        let Some(step) = asked.definition.steps.get(asked.step).cloned() else { return Ok(None) };
        let client = match (asked.client, asked.conversation) {
            (None, Some(conversation)) => merge_facts::client_of(connection, conversation)?,
            (client, _) => client,
        };
        let client = client.map(|id| clients::find(connection, id)).transpose()?.flatten();
        let way = way(connection, asked, client.as_ref())?;
        let phone = phone(connection, &way)?;
        let calendar = Calendar::of_client(connection, client.as_ref().map(|client| client.id))?;
        let texted_before = match &way.to {
            Some(to) => automation_facts::texted_before(connection, to, asked.began_at)?,
            None => false,
        };
        let free_at = way.number.map(|number| automation_facts::automated_until(connection, number));
        let company = company::find(connection)?;
        Ok(Some(Self {
            circumstances: circumstances(client.as_ref(), texted_before, asked.began_at, &calendar),
            template: MergeTemplate::parse(&step.body, &merge::fields(connection)?).ok(),
            values: values(connection, client.as_ref(), &way)?,
            client,
            conversation: way.conversation,
            number: way.number,
            to: way.to,
            calendar,
            step,
            is_first: asked.step == 0,
            due_at: asked.due_at,
            slot_at: asked.slot_at,
            phone,
            subject: asked.subject,
            plan_has_sms: company.as_ref().is_none_or(|company| company.plan.has_sms()),
            number_free_at: free_at.transpose()?.flatten().unwrap_or(NaiveDateTime::MIN),
            company: company.map(|company| company.name).unwrap_or_default(),
        }))
    }

    /// The question that `automation::decide` answers.
    pub fn moment<'a>(&'a self, definition: &'a Definition, now: NaiveDateTime) -> Moment<'a> {
        Moment {
            now,
            conditions: &definition.conditions,
            is_first: self.is_first,
            due_at: self.due_at,
            slot_at: self.slot_at,
            phone: self.phone,
            subject: self.subject,
            before: match definition.trigger {
                Trigger::Appointment { before: true, .. } => {
                    self.client.as_ref().and_then(|client| client.fields.appointment_at)
                }
                _ => None,
            },
            circumstances: &self.circumstances,
            quiet_hours: &self.calendar.quiet_hours,
            plan_has_sms: self.plan_has_sms,
            number_free_at: self.number_free_at,
            company: &self.company,
            template: self.template.as_ref(),
            values: &self.values,
        }
    }
}

/// The record that a run is about, else the one that its conversation belongs to now.
pub(super) fn client_of(
    connection: &mut DbConnection,
    run: &Run,
    conversation: ConversationId,
) -> Stored<Option<ClientId>> {
    match Occurrence::parse(&run.occurrence).and_then(|one| one.client()) {
        Some(_) => Ok(run.client_id),
        None => merge_facts::client_of(connection, conversation),
    }
}

/// The record that a run is about, and whether what it is about is still so.
fn subject(connection: &mut DbConnection, run: &Run) -> Stored<(Option<ClientId>, Subject)> {
    let occurrence = Occurrence::parse(&run.occurrence);
    // A conversation may come to another record meanwhile; whose it is now counts
    let Some(id) = occurrence.and_then(|one| one.client().and(run.client_id)) else {
        let gone = occurrence.is_some_and(|one| one.client().is_some());
        let subject = if gone { Subject::Gone } else { still_waiting(connection, occurrence)? };
        return Ok((None, subject));
    };
    let Some(client) = clients::find(connection, id)? else { return Ok((None, Subject::Gone)) };
    let same = run.appointment_at.is_none_or(|at| client.fields.appointment_at == Some(at));
    Ok((Some(id), if same { Subject::Same } else { Subject::AnotherAppointment }))
}

fn still_waiting(connection: &mut DbConnection, occurrence: Option<Occurrence>) -> Stored<Subject> {
    let (conversation, since, ours) = match occurrence {
        Some(Occurrence::NoReply { conversation, since }) => (conversation, since, true),
        Some(Occurrence::Unanswered { conversation, since }) => (conversation, since, false),
        _ => return Ok(Subject::Same),
    };
    let waiting = automation_facts::waiting(connection, conversation)?;
    let waits_since = waiting.and_then(|one| if ours { one.we_wait_since } else { one.client_waits_since });
    Ok(if waits_since == Some(since) { Subject::Same } else { Subject::NoLongerTrue })
}

/// Which way the text takes.
struct Way {
    conversation: Option<ConversationId>,
    number: Option<NumberId>,
    to: Option<String>,
}

fn way(connection: &mut DbConnection, asked: &Asked<'_>, client: Option<&Client>) -> Stored<Way> {
    if let Some(id) = asked.conversation {
        return through(connection, id);
    }
    let phones = client.map(|client| client_phones::of_client(connection, client.id)).transpose()?;
    let (Some(client), Some(to)) = (client, phones.into_iter().flatten().next().map(|first| first.phone)) else {
        return Ok(Way { conversation: None, number: None, to: None });
    };
    if let Some(id) = automation_facts::conversation_of(connection, client.id, &to)? {
        return through(connection, id);
    }
    let numbers = gateways::numbers(connection)?;
    let chosen = numbers.iter().find(|number| Some(number.id) == asked.definition.number).or(numbers.first());
    let number = chosen.map(|number| number.id);
    // One that is not on the record: the text goes there all the same, and whose it is stays as it is
    let conversation = number.map(|number| conversations::between(connection, number, &to)).transpose()?.flatten();
    Ok(Way { conversation, number, to: Some(to) })
}

fn through(connection: &mut DbConnection, id: ConversationId) -> Stored<Way> {
    let row = conversations::find(connection, id)?;
    let number = row.as_ref().map(|row| gateways::number(connection, row.number_id)).transpose()?.flatten();
    Ok(Way { conversation: Some(id), number: number.map(|number| number.id), to: row.map(|row| row.phone) })
}

fn phone(connection: &mut DbConnection, way: &Way) -> Stored<Phone> {
    let Some(to) = &way.to else { return Ok(Phone::Missing) };
    if way.number.is_none() {
        return Ok(Phone::NoNumber);
    }
    // Texts to ourselves would answer each other for ever
    if gateways::with_phone(connection, to)?.is_some() {
        return Ok(Phone::Missing);
    }
    let facts = automation_facts::phone(connection, to)?;
    Ok(match (facts.opted_out, facts.blocked) {
        (true, _) => Phone::OptedOut,
        (false, true) => Phone::Blocked,
        (false, false) => Phone::Open { introduced: facts.introduced },
    })
}

fn circumstances(
    client: Option<&Client>,
    texted_before: bool,
    began_at: NaiveDateTime,
    calendar: &Calendar,
) -> Circumstances {
    let positions = client.map(|client| client.positions.as_slice()).unwrap_or_default();
    Circumstances {
        lead_status: client.map(|client| client.fields.lead_status_id),
        lead_source: client.map(|client| client.fields.lead_source.clone()).unwrap_or_default(),
        holders: positions.iter().map(|held| (held.position_id, held.user_id)).collect(),
        texted_before,
        began_at,
        zone: calendar.zone,
    }
}

fn values(connection: &mut DbConnection, client: Option<&Client>, way: &Way) -> Stored<MergeValues> {
    merge::values_at_phone(connection, client.map(|client| client.id), way.to.as_deref().unwrap_or_default(), None)
}
